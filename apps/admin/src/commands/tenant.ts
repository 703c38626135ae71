import { readExpiry } from '@footfall/db/tenant/api-key-store';
import { inTenant } from '@footfall/db/tenant/scope';
import { anySite } from '@footfall/db/tenant/site';
import { createTenant } from '@footfall/db/tenant/tenant';
import { keepSecrets } from '@footfall/installation/secrets';
import { type Command, result } from '../command.ts';
import { ACTOR, withDatabase } from '../database.ts';
import { PASSWORD_OPTIONS, readPassword } from '../password.ts';
import { SITE } from './site-option.ts';

const splitList = (text: string) => text.split(',').map((one) => one.trim());

const TENANT = { meaning: 'id of the tenant', required: true, example: 'tenant_…' };

/** Commands that make tenants, their sites and keys. */
export const TENANT_COMMANDS: Readonly<Record<string, Command>> = {
  'create-tenant': {
    summary: 'creates a tenant with its owner',
    options: {
      name: { meaning: 'name of the shop or company', required: true, example: '"Kiln & Co"' },
      email: { meaning: 'e-mail address of the owner', required: true, example: 'owner@kiln.example' },
      ...PASSWORD_OPTIONS,
    },
    run: async ({ name = '', email = '', ...values }, config) => {
      const password = await readPassword(values);
      return withDatabase(config, async (db) => {
        const { tenantId, userId } = await createTenant(db, {
          name,
          email,
          password,
          actor: ACTOR,
          isVerified: true,
          isSoldTo: config.stripe !== null,
        });
        return result({ tenant_id: tenantId, user_id: userId });
      });
    },
  },
  'create-site': {
    summary: 'adds a site to a tenant',
    options: {
      tenant: TENANT,
      domain: { meaning: 'domain of the shop', required: true, example: 'kiln.example' },
      timezone: { meaning: 'IANA time zone (default Etc/UTC)', required: false, example: 'Europe/Berlin' },
      currency: { meaning: 'ISO 4217 code (default EUR)', required: false, example: 'USD' },
    },
    run: ({ tenant = '', domain = '', timezone, currency }, config) =>
      withDatabase(config, async (db) => {
        const site = await inTenant(db, tenant).sites.create({ domain, timezone, currency, actor: ACTOR });
        return result({ site_id: site.id, site_key: site.siteKey });
      }),
  },
  'create-api-key': {
    summary: 'makes an API key, shown this once',
    options: {
      tenant: TENANT,
      scopes: { meaning: 'what the key opens, comma-separated', required: true, example: 'ingest,stats' },
      sites: { meaning: 'ids of the sites that it opens (default all)', required: false, example: 'site_…' },
      expires: { meaning: 'its last day (UTC), or an instant', required: false, example: '2027-01-31' },
      name: { meaning: 'who uses it', required: false, example: '"Shop server"' },
    },
    run: ({ tenant = '', scopes = '', sites, expires = '', name }, config) =>
      withDatabase(config, async (db) => {
        const { apiKey } = await inTenant(db, tenant).apiKeys.create({
          scopes: splitList(scopes),
          sites: sites === undefined ? 'all' : splitList(sites),
          expiresAt: readExpiry(expires),
          name,
          actor: ACTOR,
        });
        return result({ api_key: apiKey });
      }),
  },
  'create-embed-key': {
    summary: 'makes a key that embed tokens of a site are signed with, its secret shown this once',
    options: {
      site: SITE,
      origins: {
        meaning: 'origins whose pages may show reports, comma-separated',
        required: true,
        example: 'https://market.example',
      },
      reports: { meaning: 'reports that it may show (default all)', required: false, example: 'overview' },
      name: { meaning: 'who uses it', required: false, example: '"Marketplace"' },
    },
    run: ({ site: reference = '', origins = '', reports, name }, config) =>
      withDatabase(config, async (db, { dataDir }) => {
        const { id, tenantId } = await anySite(db, reference);
        const { kid, secret } = await inTenant(db, tenantId).embedKeys.create({
          sites: [id],
          origins: splitList(origins),
          reports: reports === undefined ? [] : splitList(reports),
          name,
          installationSecret: config.secret ?? (await keepSecrets(dataDir)).secret,
          actor: ACTOR,
        });
        return result({ kid, secret });
      }),
  },
};
