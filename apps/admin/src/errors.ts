import { failures } from '@footfall/core/failure';

export const adminFailure = failures({
  unknown_command: { status: 400, retriable: false },
  unknown_option: { status: 400, retriable: false },
  missing_option: { status: 400, retriable: false },
});
