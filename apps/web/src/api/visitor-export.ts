import { matchVisitor } from '@footfall/core/of-visitor';
import { addDays, daySpan, localDay } from '@footfall/core/zone';
import { readKeysByDay } from '@footfall/db/directory/visitor-key';
import { recordAudit } from '@footfall/db/tenant/audit';
import { checkStatedId } from '@footfall/db/tenant/removal';
import type { Site } from '@footfall/db/tenant/site';
import { tenantTransaction } from '@footfall/db/tenant/transaction';
import { hashVisitor } from '#access/visitor-secret.ts';
import { services } from '#runtime/services.ts';
import { endingWith, limitAtOnce } from './at-once.ts';
import type { Caller } from './caller.ts';
import { apiFailure } from './errors.ts';
import { streamBody } from './export-body.ts';
import { jsonLine } from './export-columns.ts';

/** Of a tenant at once: each looks through all of a site's events. */
const EXPORTS = limitAtOnce(1);

/** @throws Failure `invalid_visitor` */
async function readVisitor(request: Request): Promise<string> {
  const form = await request.formData().catch(() => null);
  const visitor = form?.get('visitor');
  return checkStatedId(typeof visitor === 'string' ? visitor : '');
}

/** What a site has of one visitor, a local day after the other; a chunk of the store's is held at a time. */
async function* streamPieces(site: Site, visitor: string): AsyncGenerator<string, void, undefined> {
  const { pool, config, eventStore } = services();
  const isMeant = matchVisitor({ siteId: site.id, visitor }, await readKeysByDay(pool, config.secret));
  const span = await eventStore.span(site.id);
  if (span === null) return;
  const last = localDay(site.timezone, span.to);
  for (let day = localDay(site.timezone, span.from); day <= last; day = addDays(day, 1))
    for await (const events of eventStore.scanSite(site.id, daySpan(site.timezone, day))) {
      const meant = events.filter(isMeant);
      if (meant.length > 0) yield meant.map((event) => jsonLine(event, site.timezone)).join('');
    }
}

/**
 * The events of one visitor, by the id that the shop calls them, as JSON lines. The audit has a keyed hash of the id, never the id.
 * @throws Failure `invalid_visitor`, `rate_limited`
 */
export async function exportVisitor(caller: Caller, site: Site, request: Request): Promise<Response> {
  const visitor = await readVisitor(request);
  const { log, database } = services();
  const { tenantId } = caller.tenant;
  const onEnd = EXPORTS.begin(tenantId);
  if (onEnd === null) throw apiFailure('rate_limited', 'one is being made already; wait until it ends');
  const details = { visitor: hashVisitor(site.id, visitor) };
  const entry = { tenantId, actor: caller.actor, action: 'visitor.export', subject: site.id, details };
  await tenantTransaction(database, tenantId, (transaction) => recordAudit(transaction, entry));
  const onError = (err: unknown) => log.error({ err, siteId: site.id }, 'an export broke off');
  return new Response(await streamBody(endingWith(streamPieces(site, visitor), onEnd), onError), {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="visitor.jsonl"',
      'cache-control': 'private, no-store',
    },
  });
}
