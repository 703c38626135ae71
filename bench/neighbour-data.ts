import { derive } from '../packages/core/src/derive.ts';
import { foldVisitorDay } from '../packages/core/src/fold.ts';
import { LOGIC_VERSION } from '../packages/core/src/logic-version.ts';
import type { RawEvent } from '../packages/core/src/raw-event.ts';
import type { StoredEvent } from '../packages/core/src/stored-event.ts';
import type { ReportStore, SealedVisitorDay } from '../packages/reportstore/src/report-store.ts';
import { LOOKUPS } from './query-shop.ts';
import { type Random, seededRandom } from './random.ts';

/** Sites of a tenant who is out to hurt its neighbours, and of the neighbour: what `bench:neighbour` loads. */

const DAY_MS = 86_400_000;
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0';

/** What the n-th event of a site says; the rest is alike on all. */
type Say = (n: number, random: Random) => Partial<RawEvent> & { path: string };

export type BenchSite = {
  siteId: string;
  /** Local days (UTC), ascending. */
  days: readonly string[];
  /** Those up to this one are sealed; null: all are open. */
  sealedTo: string | null;
  eventsOfDay: number;
  eventsOfVisitor: number;
  say: Say;
};

type VisitorDay = SealedVisitorDay & { visitor: string };

function makeVisitorDay(
  site: BenchSite,
  { day, first }: { day: string; first: number },
  random: Random,
): VisitorDay {
  const { siteId, eventsOfVisitor, say } = site;
  const visitor = `v${first}`;
  const begin = Date.parse(day) + random.whole(DAY_MS / 2);
  const events = Array.from({ length: eventsOfVisitor }, (_, index): StoredEvent => {
    const { path, ...said } = say(first + index, random);
    const at = begin + index * 1_000;
    const raw: RawEvent = {
      id: `${siteId}-${first + index}`,
      siteId,
      visitor,
      name: 'pageview',
      occurredAt: at,
      receivedAt: at,
      url: `https://shop.example${path}`,
      userAgent: AGENT,
      ip: `${20 + random.whole(8)}.1.1.0`,
      ...said,
    };
    return { raw, derived: derive(raw, LOOKUPS), logicVersion: LOGIC_VERSION };
  });
  return { day, visitor, facts: foldVisitorDay(events, 'Etc/UTC') };
}

/** All visitor-days of a day, some hundred events at a time. */
async function* dayPortions(site: BenchSite, day: string, random: Random): AsyncGenerator<VisitorDay[]> {
  const begin = site.days.indexOf(day) * site.eventsOfDay;
  let portion: VisitorDay[] = [];
  for (let first = begin; first < begin + site.eventsOfDay; first += site.eventsOfVisitor) {
    portion.push(makeVisitorDay(site, { day, first }, random));
    if (portion.length * site.eventsOfVisitor < 1_000) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

async function* monthPortions(
  site: BenchSite,
  days: readonly string[],
  random: Random,
): AsyncGenerator<VisitorDay[]> {
  for (const day of days) yield* dayPortions(site, day, random);
}

/** Puts a site into the report store: its open days visitor by visitor, its sealed ones a month at a time. */
export async function loadSite(store: ReportStore, site: BenchSite): Promise<void> {
  const random = seededRandom(1);
  const { siteId } = site;
  const isSealed = (day: string) => site.sealedTo !== null && day <= site.sealedTo;
  const sealed = Map.groupBy(site.days.filter(isSealed), (day) => day.slice(0, 7));
  for (const [month, days] of sealed) {
    await store.touchDays(days.map((day) => ({ siteId, generation: 1, day, receivedAt: 0 })));
    const sealing = { siteId, generation: 1, month, days: days.map((day) => ({ day, version: 1 })) };
    await store.sealDays(sealing, monthPortions(site, days, random));
  }
  for (const day of site.days.filter((one) => !isSealed(one))) {
    for await (const portion of dayPortions(site, day, random)) {
      const rows = portion.map((one) => ({ ...one, siteId, generation: 1, receivedAt: 0 }));
      await store.replaceVisitorDays(rows);
    }
  }
}

const lastDays = (last: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(last) - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );

/** The last day of all sites. */
export const TODAY = '2026-10-31';
const YESTERDAY = '2026-10-30';

/** The tenant who looks at its dashboard meanwhile: 30 days, the last of them open. */
export const NEIGHBOUR: BenchSite = {
  siteId: 'neighbour',
  days: lastDays(TODAY, 30),
  sealedTo: YESTERDAY,
  eventsOfDay: 2_000,
  eventsOfVisitor: 4,
  say: (_, random) => ({ path: `/p/${Math.floor(300 * random.next() ** 2)}` }),
};

/** 80,000 made-up pages in an open day, after days with the 400 of the shop. */
export const FLOODED: BenchSite = {
  siteId: 'flooded',
  days: [TODAY],
  sealedTo: null,
  eventsOfDay: 120_000,
  eventsOfVisitor: 10,
  say: (n) => ({ path: n < 80_000 ? `/made-up/${n}` : `/p/${n % 400}` }),
};

/** As {@link FLOODED}, after sealed days of the shop's 400 pages. */
export const FLOODED_TODAY: BenchSite = {
  ...FLOODED,
  siteId: 'flooded-today',
  days: lastDays(TODAY, 3),
  sealedTo: YESTERDAY,
  say: (n, random) => ({ path: n >= 240_000 && n < 320_000 ? `/made-up/${n}` : `/p/${random.whole(400)}` }),
};

/** 20,000 pages by 50,000 values: as many groups as events. */
function wide(siteId: string, events: number, sealedTo: string | null): BenchSite {
  const days = lastDays(TODAY, 10);
  return {
    siteId,
    days,
    sealedTo,
    eventsOfDay: events / days.length,
    eventsOfVisitor: 100,
    say: (n, random) => ({
      path: `/p/${random.whole(20_000)}`,
      props: { color: `value ${random.whole(50_000)}`, [`k${n % 7}`]: 'x' },
      user: `user ${random.whole(50_000)}`,
      ...(n % 10 === 0
        ? {
            name: 'purchase',
            order: `${siteId} ${n}`,
            revenue: { amount: '10.00', currency: 'EUR' },
            items: [
              { sku: `S${random.whole(20_000)}`, name: 'thing', category: 'c', price: '10.00', quantity: 1 },
            ],
          }
        : {}),
    }),
  };
}

export const wideOpen = (events: number): BenchSite => wide('wide-open', events, null);
export const wideSealed = (events: number): BenchSite => wide('wide-sealed', events, TODAY);
