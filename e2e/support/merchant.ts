import type { Installation } from '@footfall/testkit/installation';
import { type Client, clientFor } from './client.ts';

let merchants = 0;

/** The password of every owner. */
const PASSWORD = 'correct horse';

type Merchant = {
  tenant: string;
  /** Whose the tenant is, and how they sign in. */
  owner: { email: string; password: string };
  siteId: string;
  siteKey: string;
  apiKey: string;
  client: Client;
};

/** A new tenant with one site and an API key, made by the operator's CLI. */
export async function newMerchant(
  installation: Installation,
  site: { timezone?: string } = {},
): Promise<Merchant> {
  merchants += 1;
  const name = `merchant-${merchants}`;
  const owner = { email: `${name}@shop.example`, password: PASSWORD };
  const admin = (...args: string[]) => installation.admin(args) as Promise<Record<string, string>>;
  const { tenant_id: tenant = '' } = await admin(
    'create-tenant',
    '--name',
    name,
    '--email',
    owner.email,
    '--password',
    owner.password,
  );
  const zone = site.timezone === undefined ? [] : ['--timezone', site.timezone];
  const { site_id: siteId = '', site_key: siteKey = '' } = await admin(
    'create-site',
    '--tenant',
    tenant,
    '--domain',
    `${name}.example`,
    ...zone,
  );
  const { api_key: apiKey = '' } = await admin(
    'create-api-key',
    '--tenant',
    tenant,
    '--scopes',
    'ingest,stats',
  );
  const client = clientFor(installation, { siteId, apiKey });
  return { tenant, owner, siteId, siteKey, apiKey, client };
}
