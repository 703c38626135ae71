import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@footfall/config/config';
import { Failure } from '@footfall/core/failure';
import { deleteAccount } from '@footfall/db/account/own-data';
import { readLedger } from '@footfall/db/count/ledger';
import type { Database } from '@footfall/db/prisma';
import {
  type DeletedSite,
  readTenantParts,
  readUserParts,
  sitesToDelete,
  unfinishedDeletions,
} from '@footfall/db/tenant/deletion';
import { anySite } from '@footfall/db/tenant/site';
import { openEventStore } from '@footfall/eventstore/open';
import type { Pool } from '@footfall/postgres/pool';
import { type DeletionPorts, deleteSiteEverywhere } from '@footfall/removal/delete-site';
import { deleteTenantEverywhere } from '@footfall/removal/delete-tenant';
import { openReportStore } from '@footfall/reportstore/open';
import { type Command, type Result, result } from '../command.ts';
import { type OpenAccess, SELF, withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import { SITE } from './site-option.ts';

const confirmOption = (what: string, example: string) => ({
  meaning: `${what}, once more: deletes; without it nothing is deleted`,
  required: false,
  example,
});

/** Whether it is to be done. Throws Failure `invalid_option` for another name than that of what is to be deleted. */
function isConfirmed(confirm: string | undefined, name: string): boolean {
  if (confirm === undefined) return false;
  if (confirm.toLowerCase() === name.toLowerCase()) return true;
  throw adminFailure('invalid_option', `--confirm: it is called ${name}, not ${JSON.stringify(confirm)}`, {
    where: 'confirm',
  });
}

function preview(json: Parameters<typeof result>[0], confirm: string): Result {
  const made = result({ deleted: false, ...json });
  return { ...made, text: `${made.text}\nnothing was deleted: --confirm ${confirm} does it` };
}

/** Runs work with the stores of an installation. */
async function withStores<T>(
  config: Config,
  { urls, pool, runtime }: OpenAccess,
  work: (ports: DeletionPorts) => Promise<T>,
): Promise<T> {
  const store = openEventStore(urls.eventStore, SELF);
  const reports = openReportStore(urls.reportStore, { ...SELF, filesDir: config.factsDir });
  // Nobody has anything to hear of when this machine's own installation is stopped.
  const runs = runtime !== null || config.databaseUrl !== undefined;
  const heard = () => (runs ? sleep(2 * config.directoryTtlMs) : Promise.resolve());
  try {
    return await work({ pool, store, reports, heard });
  } finally {
    await Promise.all([store.close(), reports.close()]);
  }
}

/** A site that is there, or one whose deletion was cut off. */
async function findSite(db: Database, pool: Pool, reference: string): Promise<DeletedSite> {
  try {
    const { id: siteId, tenantId, domain } = await anySite(db, reference);
    const deleted = await db.siteDeletion.findUnique({ where: { siteId } });
    return { siteId, tenantId, domain: deleted?.domain ?? domain };
  } catch (error) {
    const [begun] = await unfinishedDeletions(pool, reference);
    if (begun === undefined || !(error instanceof Failure) || error.code !== 'unknown_site') throw error;
    return begun;
  }
}

const DELETE_SITE: Command = {
  summary: 'deletes a site everywhere: settings, events, reports, counts',
  options: { site: SITE, confirm: confirmOption('its domain', 'kiln.example') },
  run: ({ site: reference = '', confirm }, config) =>
    withDatabase(config, async (db, access) => {
      const { siteId, domain } = await findSite(db, access.pool, reference);
      const { counts } = await readLedger(access.pool, { siteId, from: null, to: null });
      const stored = counts.get('stored') ?? 0;
      if (!isConfirmed(confirm, domain)) return preview({ site_id: siteId, domain, events: stored }, domain);
      const events = await withStores(config, access, (ports) => deleteSiteEverywhere(siteId, ports));
      return result({ deleted: true, site_id: siteId, domain, events });
    }),
};

const DELETE_TENANT: Command = {
  summary: 'deletes a tenant with all its sites everywhere; accounts of its members stay',
  options: {
    tenant: { meaning: 'id of the tenant', required: true, example: 'tenant_…' },
    confirm: confirmOption('its name', '"Kiln & Co"'),
  },
  run: ({ tenant = '', confirm }, config) =>
    withDatabase(config, async (_, access) => {
      const { name, members, keys } = await readTenantParts(access.pool, tenant);
      const sites = (await sitesToDelete(access.pool, tenant)).length;
      const parts = { tenant_id: tenant, name, sites, members, api_keys: keys };
      if (!isConfirmed(confirm, name)) return preview(parts, JSON.stringify(name));
      const events = await withStores(config, access, (ports) => deleteTenantEverywhere(tenant, ports));
      return result({ deleted: true, ...parts, events });
    }),
};

const DELETE_USER: Command = {
  summary: 'deletes an account and its rights in tenants',
  options: {
    email: { meaning: 'e-mail address of the account', required: true, example: 'owner@kiln.example' },
    confirm: confirmOption('the address', 'owner@kiln.example'),
  },
  run: ({ email = '', confirm }, config) =>
    withDatabase(config, async (db, { pool }) => {
      const parts = await readUserParts(pool, email);
      const told = {
        user_id: parts.userId,
        tenants: parts.tenants,
        only_owner_of: parts.owned.length,
      };
      if (!isConfirmed(confirm, email)) return preview(told, email);
      await deleteAccount(db, parts.userId);
      return result({ deleted: true, ...told });
    }),
};

/** Commands that delete what belongs to somebody, everywhere. */
export const DELETE_COMMANDS: Readonly<Record<string, Command>> = {
  'delete-site': DELETE_SITE,
  'delete-tenant': DELETE_TENANT,
  'delete-user': DELETE_USER,
};
