import { clusterStores } from './cluster-stores.fixture.ts';
import { differentialContract, USUAL } from './differential.contract.ts';

differentialContract('on Cassandra and Elasticsearch', clusterStores, USUAL);
