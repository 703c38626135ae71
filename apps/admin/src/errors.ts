import { failures } from '@footfall/core/failure';

export const adminFailure = failures({
  unknown_command: { status: 400, retriable: false },
  unknown_option: { status: 400, retriable: false },
  missing_option: { status: 400, retriable: false },
  repeated_option: { status: 400, retriable: false },
  invalid_option: { status: 400, retriable: false },
  invalid_file: { status: 400, retriable: false },
  unknown_format: { status: 400, retriable: false },
  unknown_import: { status: 404, retriable: false },
  interrupted: { status: 499, retriable: true, remedy: 'say the same again: it goes on' },
  collector_away: {
    status: 503,
    retriable: true,
    remedy: 'see that it runs, then say the same again: it goes on',
  },
  import_refused: {
    status: 502,
    retriable: false,
    remedy: 'when that has changed say the same again: it goes on',
  },
  import_pending: {
    status: 503,
    retriable: true,
    remedy: 'see that collectors and a processor run, then say the same again',
  },
  import_runs: { status: 409, retriable: true },
  nothing_works: {
    status: 503,
    retriable: true,
    remedy: 'see that an aggregator runs, then say rebuild again: it goes on',
  },
});
