import { addDays, localDay } from '@footfall/core/zone';
import type { Site } from '@footfall/db/tenant/site';
import type { AskContext } from './answer.ts';
import { visitorsNow } from './ask.ts';
import { readSiteLedger } from './ledger.ts';

/** What a page that is left open asks every few seconds. */
export type Pulse = {
  /** Visitors of the last five minutes. */
  visitorsNow: number;
  /** Every event received before it is in the reports, epoch milliseconds. */
  dataThrough: number;
  /** Events that were received and not counted yet. */
  pending: number;
  /** Another text whenever the numbers of today or yesterday have changed. */
  version: string;
  /** The site has ever received something: it may not be in the reports yet. */
  started: boolean;
};

/** How a site is doing at the moment of a context. */
export async function loadPulse(site: Site, context: AskContext): Promise<Pulse> {
  const today = localDay(site.timezone, context.now);
  const [present, states, ledger] = await Promise.all([
    visitorsNow(context),
    context.read((source) => source.dayStates(site.id, site.generation, addDays(today, -1), today)),
    readSiteLedger(site, { from: null, to: null }),
  ]);
  return {
    visitorsNow: present,
    dataThrough: context.dataThrough,
    pending: ledger.pending,
    version: [today, ...states.map(({ day, version }) => `${day}:${version}`)].join(' '),
    started: states.length > 0 || ledger.stored + ledger.pending > 0,
  };
}
