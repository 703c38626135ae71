import { failures } from '@footfall/core/failure';

/** What can be wrong with the machine that an installation is to run on; shown to operators as one line. */
export const installationFailure = failures({
  data_dir_unusable: { status: 500, retriable: false },
  already_running: { status: 409, retriable: true },
  busy: { status: 409, retriable: true },
  secrets_missing: { status: 500, retriable: false },
  host_unusable: { status: 500, retriable: false },
  port_unusable: { status: 500, retriable: false },
  store_unusable: { status: 503, retriable: true },
  store_incomplete: { status: 503, retriable: false, remedy: 'run: npm run admin -- cluster init' },
});
