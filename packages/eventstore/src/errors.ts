import { failures } from '@footfall/core/failure';

export const eventStoreFailure = failures({
  unknown_store: { status: 500, retriable: false, remedy: 'EVENT_STORE_URL begins with postgres://' },
});
