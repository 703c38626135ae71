import { failures } from '@footfall/core/failure';

/** What an operator can mend of a start, one line each. */
export const supervisorFailure = failures({
  unknown_option: { status: 400, retriable: false },
  disk_full: { status: 507, retriable: true },
});
