import { newClusterSpace } from '@footfall/testkit/cluster-space';
import { type StoresUnderTest, storesAt } from './stores.fixture.ts';

/** Events in Cassandra, reports in Elasticsearch. */
export async function clusterStores(): Promise<StoresUnderTest> {
  const { variables, drop } = await newClusterSpace();
  const { EVENT_STORE_URL: eventStore = '', REPORT_STORE_URL: reportStore = '' } = variables;
  return storesAt({ eventStore, reportStore, drop });
}
