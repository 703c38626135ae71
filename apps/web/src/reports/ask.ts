import type { LabelStyle } from '@footfall/core/query/bucket';
import type { QuerySite } from '@footfall/core/query/query';
import { dataThrough } from '@footfall/eventlog/freshness';
import { services } from '#runtime/services.ts';
import { type AskContext, answer } from './answer.ts';

/** What questions about a site are asked with, as of now. */
export async function askContext(site: QuerySite, labels: LabelStyle = 'footfall'): Promise<AskContext> {
  const { eventLog, reportStore } = services();
  const now = Date.now();
  return { site, now, labels, source: reportStore, dataThrough: await dataThrough(eventLog, now) };
}

/** Someone is there while their last event is younger than this, milliseconds. */
const PRESENT_MS = 5 * 60_000;

/** Visitors who are on the site now: those with an event in the last five minutes. */
export async function visitorsNow(context: AskContext): Promise<number> {
  const range = [context.now - PRESENT_MS, context.now + 1].map((at) => new Date(at).toISOString());
  const { results } = await answer({ metrics: ['visitors'], date_range: range }, context);
  return results[0]?.metrics[0] ?? 0;
}
