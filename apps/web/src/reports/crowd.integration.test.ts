import { foldVisitorDay } from '@footfall/core/fold';
import { storedEvent } from '@footfall/core/stored-event.fixture';
import type { Site } from '@footfall/db/tenant/site';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';
import { answer } from './answer.ts';
import { askContext } from './ask.ts';

const DAYS = ['2026-01-05', '2026-01-06', '2026-01-07'] as const;
const CROWD = 300;

let portal: Portal;
let site: Site;
let neighbour: Site;
beforeAll(async () => {
  portal = await openPortal();
  site = (await newMerchant(portal, 'Etc/UTC')).site;
  neighbour = (await newMerchant(portal, 'Etc/UTC')).site;
  for (const day of DAYS) await report(portal, site, eventsOn(day));
}, 120_000);
afterAll(() => portal.close());

const eventsOn = (day: string) =>
  Array.from({ length: 100 }, (_, n) =>
    storedEvent(
      {
        id: `${day}-${n}`,
        siteId: site.id,
        visitor: `v${n % 20}`,
        occurredAt: Date.parse(`${day}T10:00:00Z`) + n * 1_000,
      },
      { page: `/p/${n % 50}` },
    ),
  );

/** Seals all but the last day again, and sweeps away what that replaces at once. */
async function replaceFiles(): Promise<void> {
  const { reportStore: store } = portal.others;
  const days = DAYS.slice(0, 2);
  await store.touchDays(days.map((day) => ({ siteId: site.id, generation: 1, day, receivedAt: 0 })));
  const states = await store.read((reader) => reader.dayStates(site.id, 1, DAYS[0], DAYS[1]));
  const facts = async function* () {
    for (const day of days) {
      const visitors = Map.groupBy(eventsOn(day), ({ raw }) => raw.visitor);
      yield [...visitors.values()].map((events) => ({ day, facts: foldVisitorDay(events, 'Etc/UTC') }));
    }
  };
  const versions = states.map(({ day, version }) => ({ day, version }));
  await store.sealDays({ siteId: site.id, generation: 1, month: '2026-01', days: versions }, facts());
  await store.sweepFiles();
}

const query = (n: number) => ({
  metrics: ['visitors', 'pageviews'],
  date_range: [DAYS[0], DAYS[2]],
  dimensions: [['event:page', 'visit:source', 'time:hour'][n % 3]],
  filters: n % 4 === 0 ? [['matches', 'event:page', [`p/${n % 50}$`]]] : [],
  pagination: { limit: n + 1 },
});

describe('hundreds of questions of one tenant at once', () => {
  it('are all answered, while months are sealed anew and their files replaced', async () => {
    let asking = true;
    const replacing = (async () => {
      let count = 0;
      for (; asking; count += 1) await replaceFiles();
      return count;
    })();
    const asked = await Promise.allSettled(
      Array.from({ length: CROWD }, async (_, n) => answer(query(n), await askContext(site, `key ${n % 7}`))),
    );
    asking = false;
    expect(await replacing).toBeGreaterThan(0);
    expect(asked.filter(({ status }) => status === 'rejected')).toEqual([]);
  }, 240_000);

  it('are prepared in turn with those of another tenant, who does not wait behind them', async () => {
    const order: string[] = [];
    const prepare = async (of: Site, name: string) => {
      await askContext(of, name);
      order.push(name);
    };
    const crowd = Array.from({ length: CROWD }, () => prepare(site, 'crowd'));
    await Promise.all([...crowd, prepare(neighbour, 'neighbour')]);
    // Three are prepared at once, and one more of the crowd may have had its turn.
    expect(order.indexOf('neighbour')).toBeLessThan(10);
  }, 60_000);
});
