import { clusterStores } from './cluster-stores.fixture.ts';
import { reopenContract } from './reopen.contract.ts';

reopenContract('on Cassandra and Elasticsearch', clusterStores);
