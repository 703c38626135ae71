import { localDay } from '@footfall/core/zone';
import { readActs, readOwnData } from '@footfall/db/account/own-data';
import { recordOfUser } from '@footfall/db/account/user-audit';
import { recordAudit } from '@footfall/db/tenant/audit';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import type { Account } from '#access/session.ts';
import { CLIENT_HEADER } from '#auth/client-header.ts';
import { services } from '#runtime/services.ts';
import { endingWith, limitAtOnce } from './at-once.ts';
import type { Caller } from './caller.ts';
import { apiFailure } from './errors.ts';
import { streamBody } from './export-body.ts';

/** Of a person or a tenant at once: each reads for as long as it is taken. */
const EXPORTS = limitAtOnce(1);
const RETRY_SECONDS = 10;

type Pieces = AsyncGenerator<string, void, undefined>;

/** @throws Failure `rate_limited` */
function beginExport(whose: string): () => void {
  const onEnd = EXPORTS.begin(whose);
  if (onEnd !== null) return onEnd;
  throw apiFailure('rate_limited', 'this is being exported already; wait until it ends', {
    retryAfter: RETRY_SECONDS,
  });
}

/** Pieces of text as a file that no cache keeps, made as fast as it is taken. */
async function download(pieces: Pieces, { name, type }: { name: string; type: string }): Promise<Response> {
  const onError = (err: unknown) => services().log.error({ err, file: name }, 'an export broke off');
  return new Response(await streamBody(pieces, onError), {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
}

const today = () => new Date().toISOString().slice(0, 10);

/** One object: what is held, and last what they did, which may be long. */
async function* accountPieces(userId: string): Pieces {
  const { database } = services();
  const held = JSON.stringify(await readOwnData(database, userId));
  yield `${held.slice(0, -1)},"acts":[`;
  let separator = '';
  for await (const acts of readActs(database, userId)) {
    yield separator + acts.map((act) => JSON.stringify(act)).join(',');
    separator = ',';
  }
  yield ']}\n';
}

/** Everything that is held about whoever asks, as JSON. */
export async function exportAccount({ user }: Account, request: Request): Promise<Response> {
  const onEnd = beginExport(user.id);
  const address = request.headers.get(CLIENT_HEADER) ?? '';
  await recordOfUser(services().database, { id: user.id }, { action: 'user.export', address });
  const pieces = endingWith(accountPieces(user.id), onEnd);
  return download(pieces, { name: `footfall_account_${today()}.json`, type: 'application/json' });
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

/** A line a row: `{"table": …, "row": {…}}`; events are many, so where each site's are exported is said instead. */
async function* tenantPieces({ tenant }: Caller): Pieces {
  const { config, eventStore } = services();
  for (const { userId, name, email, role } of await tenant.members.list())
    yield line({ table: 'member', row: { user_id: userId, name, email, role } });
  for await (const rows of tenant.ownData.readRows())
    yield rows.map(({ table, row }) => `{"table":${JSON.stringify(table)},"row":${row}}\n`).join('');
  for (const { id, timezone } of await tenant.sites.list()) {
    const span = await eventStore.span(id);
    if (span === null) continue;
    const days = `from=${localDay(timezone, span.from)}&to=${localDay(timezone, span.to)}`;
    yield line({ events: id, address: `${config.webUrl}/api/v1/sites/${id}/export?${days}&format=jsonl` });
  }
}

/** Everything that a tenant has but its events, as JSON lines. */
export async function exportTenant(caller: Caller): Promise<Response> {
  const { tenantId } = caller.tenant;
  const onEnd = beginExport(tenantId);
  const entry = { tenantId, actor: caller.actor, action: 'tenant.export', subject: tenantId };
  await tenantTransaction(services().database, tenantId, (transaction) => recordAudit(transaction, entry));
  const pieces = endingWith(tenantPieces(caller), onEnd);
  return download(pieces, { name: `footfall_team_${today()}.jsonl`, type: 'application/x-ndjson' });
}
