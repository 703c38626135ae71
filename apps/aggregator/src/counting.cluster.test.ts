import { clusterStores } from './cluster-stores.fixture.ts';
import { countingContract } from './counting.contract.ts';

countingContract('on Cassandra and Elasticsearch', clusterStores);
