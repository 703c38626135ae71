import { failures } from '@footfall/core/failure';

/** What can go wrong with a backup. */
export const backupFailure = failures({
  not_a_backup: { status: 400, retriable: false },
  backup_damaged: { status: 400, retriable: false, remedy: 'take another copy of it, or an older backup' },
  backup_newer: { status: 400, retriable: false, remedy: 'install the version that made it, or a later one' },
  backup_unreadable: { status: 400, retriable: false },
  not_empty: {
    status: 409,
    retriable: false,
    remedy: 'restore into a folder and a database of their own, for example with FOOTFALL_DATA_DIR=.restored',
  },
  other_secret: { status: 409, retriable: false },
  not_in_postgres: {
    status: 409,
    retriable: false,
    remedy: 'say --control-plane-only, and back the engines up in their own ways (docs/operating.md)',
  },
  restore_elsewhere: {
    status: 409,
    retriable: false,
    remedy: 'restore it where all stores are Postgres, then say move --to with the variables of the cluster',
  },
  files_changed: { status: 503, retriable: true, remedy: 'say it again' },
});
