import { guardedRoute } from '#api/guarded-route.ts';
import { json, refuseMethods } from '#api/respond.ts';
import { accountAnswer, loadAccount } from '#reports/account.ts';

/** The plan of the caller's tenant, what it allows now, and what is used of it. */
export const GET = guardedRoute('/api/v1/account', async ({ tenant }) =>
  json(accountAnswer(await loadAccount(tenant.tenantId))),
);

const refuse = refuseMethods('GET');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
