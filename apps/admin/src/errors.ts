import { failures } from '@footfall/core/failure';

export const adminFailure = failures({
  unknown_command: { status: 400, retriable: false },
  unknown_option: { status: 400, retriable: false },
  missing_option: { status: 400, retriable: false },
  repeated_option: { status: 400, retriable: false },
  invalid_option: { status: 400, retriable: false },
  invalid_file: { status: 400, retriable: false },
  nothing_works: {
    status: 503,
    retriable: true,
    remedy: 'see that an aggregator runs, then say rebuild again: it goes on',
  },
});
