import { failures } from '@footfall/core/failure';

/** Why the spool does not take records, or cannot be used at all. */
export const spoolFailure = failures({
  spool_full: { status: 503, retriable: true, remedy: 'free disk space, or set COLLECTOR_SPOOL_MAX_MB' },
  spool_share: { status: 503, retriable: true, remedy: 'set COLLECTOR_SPOOL_MAX_MB higher' },
  spool_failed: { status: 503, retriable: true, remedy: 'look at the disk' },
  spool_newer: {
    status: 500,
    retriable: false,
    remedy: 'run the version of Footfall that wrote the spool, or a later one, until the spool is empty',
  },
  spool_overloaded: { status: 503, retriable: true },
  spool_unusable: {
    status: 500,
    retriable: false,
    remedy:
      'give the collector a data folder that it can write (FOOTFALL_DATA_DIR), or none: COLLECTOR_SPOOL_MAX_MB=0',
  },
});
