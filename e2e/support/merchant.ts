import { connectControlPlane } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import type { Installation } from '@footfall/testkit/installation';
import { type Client, clientFor } from './client.ts';
import { readConnections } from './connections.ts';

let merchants = 0;

/** The password of every owner. */
const PASSWORD = 'correct horse';

type Merchant = {
  tenant: string;
  /** Whose the tenant is, and how they sign in. */
  owner: { email: string; password: string };
  domain: string;
  siteId: string;
  siteKey: string;
  apiKey: string;
  client: Client;
};

/** A new tenant with one site and an API key: made as the operator's CLI makes them, without a process for each. */
export async function newMerchant(
  installation: Installation,
  { timezone = 'Etc/UTC' }: { timezone?: string } = {},
): Promise<Merchant> {
  merchants += 1;
  const name = `merchant-${merchants}`;
  const domain = `${name}.example`;
  const owner = { email: `${name}@shop.example`, password: PASSWORD };
  const { db: database, close } = connectControlPlane((await readConnections(installation)).database, {
    name: 'test',
    max: 1,
  });
  try {
    const { tenantId: tenant } = await createTenant(database, {
      name,
      ...owner,
      actor: 'cli',
      isVerified: true,
    });
    const scope = inTenant(database, tenant);
    const { id: siteId, siteKey } = await scope.sites.create({ domain, timezone, actor: 'cli' });
    const { apiKey } = await scope.apiKeys.create({ scopes: ['ingest', 'stats'], actor: 'cli' });
    const client = clientFor(installation, { siteId, apiKey });
    return { tenant, owner, domain, siteId, siteKey, apiKey, client };
  } finally {
    await close();
  }
}
