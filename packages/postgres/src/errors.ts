import { failures } from '@footfall/core/failure';

export const postgresFailure = failures({
  database_unreachable: {
    status: 503,
    retriable: true,
    remedy: 'check that Postgres runs and that the URL names it',
  },
  version_too_old: { status: 500, retriable: false, remedy: 'upgrade that server' },
  tls_unusable: { status: 500, retriable: false, remedy: 'see docs/operating.md, A Postgres of your own' },
  embedded_unavailable: {
    status: 500,
    retriable: false,
    remedy: 'set DATABASE_URL to a Postgres of your own',
  },
  embedded_failed: { status: 500, retriable: false, remedy: 'read the log in the data folder' },
  migration_failed: {
    status: 500,
    retriable: false,
    remedy: 'the database is as it was before this migration; read the cause',
  },
  migration_changed: {
    status: 500,
    retriable: false,
    remedy: 'never edit a migration that was applied: add another one',
  },
});
