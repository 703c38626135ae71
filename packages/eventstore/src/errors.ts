import { failures } from '@footfall/core/failure';

export const eventStoreFailure = failures({
  unknown_store: { status: 500, retriable: false, remedy: 'EVENT_STORE_URL begins with postgres://' },
  lost_term: {
    status: 500,
    retriable: false,
    remedy: 'the table eventstore.term lacks a row that events need: restore it from a backup',
  },
});
