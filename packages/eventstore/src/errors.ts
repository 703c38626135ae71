import { failures } from '@footfall/core/failure';

export const eventStoreFailure = failures({
  unknown_store: {
    status: 500,
    retriable: false,
    remedy: 'EVENT_STORE_URL begins with postgres:// (one machine) or cassandra:// (many)',
  },
  bad_url: {
    status: 500,
    retriable: false,
    remedy: 'EVENT_STORE_URL is like cassandra://host1:9042,host2:9042/footfall?dc=datacenter1',
  },
  store_unavailable: {
    status: 503,
    retriable: true,
    remedy:
      'see that Cassandra runs and that EVENT_STORE_URL names its nodes; what was put in vain may be put again',
  },
  store_unprepared: {
    status: 503,
    retriable: false,
    remedy: 'run: npm run admin -- cluster init',
  },
  unknown_format: {
    status: 500,
    retriable: false,
    remedy: 'run the version of Footfall that wrote the event store, or a later one',
  },
  lost_term: {
    status: 500,
    retriable: false,
    remedy: 'the table eventstore.term lacks a row that events need: restore it from a backup',
  },
});
