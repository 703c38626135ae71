import { clusterStores } from './cluster-stores.fixture.ts';
import { differentialContract, FULL } from './differential.contract.ts';

differentialContract('on Cassandra and Elasticsearch', clusterStores, FULL);
