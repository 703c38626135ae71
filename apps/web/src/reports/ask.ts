import type { LabelStyle } from '@footfall/core/query/label-style';
import { oldestDeferred } from '@footfall/db/count/deferred-fold';
import { readRates } from '@footfall/db/count/exchange-rate';
import { readImported, readImports } from '@footfall/db/count/imported';
import { goalsOfSite } from '@footfall/db/tenant/goal';
import type { Site } from '@footfall/db/tenant/site';
import { tenantRows } from '@footfall/db/tenant/transaction';
import { createFairTurns } from '@footfall/timing/fair-turns';
import { services } from '#runtime/services.ts';
import { type AskContext, answer } from './answer.ts';

/**
 * Questions that are prepared at once; tenants take turns. Else hundreds of one tenant would take all connections of the control plane, and
 * whoever comes then, its own sign-ins and keys too, would wait behind them until the pool gives up.
 */
const PREPARING = createFairTurns(3);

/** What questions about a site are asked with, as of now; `who` asks: an API key or a person, by id. */
export async function askContext(
  site: Site,
  who: string,
  labels: LabelStyle = 'footfall',
): Promise<AskContext> {
  const { clock, dataThrough, reportStore, pool, memory } = services();
  const { id, tenantId, timezone, generation, currency } = site;
  const rows = tenantRows(pool, tenantId);
  const now = clock.now();
  const [through, deferred, goals] = await PREPARING(tenantId, () =>
    Promise.all([dataThrough(now), oldestDeferred(rows, id), goalsOfSite(rows, id)]),
  );
  return {
    site: { id, timezone, generation, currency, goals },
    now,
    labels,
    dataThrough: Math.min(through, deferred ?? through),
    perEuro: (need) => readRates(pool, need),
    read: (use) => reportStore.read(use, { tenant: tenantId, who }),
    remember: memory.rememberFor(tenantId),
    imports: { of: (siteId) => readImports(rows, siteId), read: (question) => readImported(rows, question) },
  };
}

/** Someone is there while their last event is younger than this, milliseconds. */
const PRESENT_MS = 5 * 60_000;

/** Visitors who are on the site now: those with an event in the last five minutes. */
export async function visitorsNow(context: AskContext): Promise<number> {
  const range = [context.now - PRESENT_MS, context.now + 1].map((at) => new Date(at).toISOString());
  const { results } = await answer({ metrics: ['visitors'], date_range: range }, context);
  return Number(results[0]?.metrics[0] ?? 0);
}
