import { destroyOldSalts } from '@footfall/db/directory/salt';
import { emitWebhooks } from '@footfall/db/webhook/emit';
import { deleteDueSites } from '@footfall/removal/delete-due-sites';
import { deleteDueTenants } from '@footfall/removal/delete-tenant';
import { checkDomains } from './check-domains.ts';
import { checkSignOnDomains } from './check-sign-on-domains.ts';
import type { Chore } from './chore.ts';
import { deleteAudit } from './delete-audit.ts';
import { deleteExpired } from './delete-expired.ts';
import { deleteOldMails } from './delete-mails.ts';
import { deleteRetired } from './delete-retired.ts';
import { deleteExpiredTokens } from './delete-tokens.ts';
import { syncPayments } from './sync-payments.ts';
import { watchPlans } from './watch-plans.ts';

/** Every chore. Each is done by one scheduler at a time, however many there are. */
export const CHORES: readonly Chore[] = [
  {
    name: 'destroy-salts',
    cron: '*/10 * * * *',
    timeoutSeconds: 60,
    retries: 5,
    retrySeconds: 10,
    what: 'destroys the salts of days that ended more than 50 hours ago',
    run: ({ pool }, { now }) => destroyOldSalts(pool, now),
  },
  {
    name: 'delete-retired-generations',
    cron: '*/10 * * * *',
    timeoutSeconds: 3_600,
    retries: 5,
    retrySeconds: 10,
    what: 'deletes what reports left an hour ago: counts by another time zone, and such as were made anew',
    run: deleteRetired,
  },
  {
    name: 'delete-expired',
    cron: '17 2 * * *',
    timeoutSeconds: 6 * 3_600,
    retries: 5,
    retrySeconds: 60,
    what: 'deletes events, reports and counts of months that lie before the retention of their site',
    run: deleteExpired,
  },
  {
    name: 'delete-sites',
    cron: '*/10 * * * *',
    timeoutSeconds: 6 * 3_600,
    retries: 5,
    retrySeconds: 60,
    what: 'empties every store of sites that were deleted a week ago, and ends deletions that were cut off',
    run: deleteDueSites,
  },
  {
    name: 'delete-tenants',
    cron: '*/10 * * * *',
    timeoutSeconds: 6 * 3_600,
    retries: 5,
    retrySeconds: 60,
    what: 'deletes tenants everywhere whose owners wanted it a week ago',
    run: deleteDueTenants,
  },
  {
    name: 'delete-audit',
    cron: '47 2 * * *',
    timeoutSeconds: 3_600,
    retries: 5,
    retrySeconds: 60,
    what: 'deletes entries of the audit that are older than AUDIT_RETENTION_DAYS',
    run: deleteAudit,
  },
  {
    name: 'delete-mails',
    cron: '57 2 * * *',
    timeoutSeconds: 3_600,
    retries: 5,
    retrySeconds: 60,
    what: 'deletes what is known of mails that were sent, kept or given up 30 days ago',
    run: deleteOldMails,
  },
  {
    name: 'delete-tokens',
    cron: '*/10 * * * *',
    timeoutSeconds: 540,
    retries: 2,
    retrySeconds: 30,
    what: 'deletes invitations and links of mails that are not valid any more',
    run: deleteExpiredTokens,
  },
  {
    name: 'sync-payments',
    cron: '*/10 * * * *',
    timeoutSeconds: 540,
    retries: 2,
    retrySeconds: 30,
    what: 'reads what customers have paid for, where the payment provider has told nothing for an hour',
    run: syncPayments,
  },
  {
    name: 'watch-plans',
    cron: '*/10 * * * *',
    timeoutSeconds: 540,
    retries: 2,
    retrySeconds: 30,
    what: 'finds tenants that are over their plan, and mails what there is to know of plans and payments',
    run: watchPlans,
  },
  {
    name: 'check-domains',
    cron: '*/10 * * * *',
    timeoutSeconds: 540,
    retries: 2,
    retrySeconds: 30,
    what: 'looks whose a domain is that several tenants have named: at its DNS and its first page',
    run: checkDomains,
  },
  {
    name: 'check-sign-on-domains',
    cron: '*/10 * * * *',
    timeoutSeconds: 540,
    retries: 2,
    retrySeconds: 30,
    what: 'looks whether the records of domains that teams sign in with are still there',
    run: checkSignOnDomains,
  },
  {
    name: 'emit-webhooks',
    cron: '*/5 * * * *',
    timeoutSeconds: 240,
    retries: 2,
    retrySeconds: 20,
    what: 'finds what webhooks are to tell tenants, and forgets deliveries of a month ago',
    run: ({ pool }) => emitWebhooks(pool),
  },
  {
    name: 'sweep-report-store',
    cron: '*/10 * * * *',
    timeoutSeconds: 3_600,
    retries: 5,
    retrySeconds: 10,
    what: 'removes what the report store keeps for nobody any more, and has made anew what it lost',
    run: ({ reports }) => reports.sweep(),
  },
];
