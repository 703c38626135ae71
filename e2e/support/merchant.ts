import type { Installation } from '@footfall/testkit/installation';
import { type Client, clientFor } from './client.ts';

let merchants = 0;

/** A new tenant with one site and an API key, made by the operator's CLI. */
export async function newMerchant(
  installation: Installation,
  site: { timezone?: string } = {},
): Promise<{ siteId: string; siteKey: string; apiKey: string; client: Client }> {
  merchants += 1;
  const name = `merchant-${merchants}`;
  const admin = (...args: string[]) => installation.admin(args) as Promise<Record<string, string>>;
  const { tenant_id: tenant = '' } = await admin(
    'create-tenant',
    '--name',
    name,
    '--email',
    `${name}@shop.example`,
    '--password',
    'correct horse',
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
  return { siteId, siteKey, apiKey, client: clientFor(installation, { siteId, apiKey }) };
}
