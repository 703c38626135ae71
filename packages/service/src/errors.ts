import { failures } from '@footfall/core/failure';

/** What keeps a service from its work, shown by `/readyz` to whoever may see details. */
export const serviceFailure = failures({
  not_ready: { status: 503, retriable: true },
});
