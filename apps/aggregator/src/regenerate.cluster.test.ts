import { clusterStores } from './cluster-stores.fixture.ts';
import { regenerateContract } from './regenerate.contract.ts';

regenerateContract('on Cassandra and Elasticsearch', clusterStores);
