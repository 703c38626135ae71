import { storedEvent } from '@footfall/core/stored-event.fixture';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoldableSite } from './fold-generation.ts';
import { foldTouched } from './fold-touched.ts';
import { createReopening } from './reopen.ts';
import { sealDays } from './seal.ts';
import { createSealBudget } from './seal-budget.ts';
import { NO_SEAL_USE } from './seal-use.fixture.ts';
import type { MakeStores, StoresUnderTest } from './stores.fixture.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-05-04T12:00:00Z');
const TODAY = '2026-05-04';
const ZONE = 'Etc/UTC';
const SITE: FoldableSite = { timezone: ZONE, generation: 1, nextTimezone: null, nextGeneration: null };

/** A site of its own, whose aggregator goes by a clock that the test sets. */
function aggregatorAt({ store, reports }: StoresUnderTest, siteId: string) {
  const clock = { now: NOON };
  let offset = 0;
  const waiting: LogRecord[] = [];
  const reopened: string[] = [];
  const findSite = async (id: string) => (id === siteId ? SITE : null);
  const log = { append: async (records: readonly LogRecord[]) => void waiting.push(...records) };
  const reopen = createReopening(
    { store, log, reports, siteOf: findSite, onReopened: ({ day }) => reopened.push(day) },
    () => clock.now,
  );
  const unwanted = (error: unknown) => {
    throw error;
  };
  const ports = {
    store,
    reports,
    siteOf: findSite,
    reopen,
    defer: unwanted,
    onRefused: unwanted,
    onError: unwanted,
  };
  const fold = async (records: readonly Pick<LogRecord, 'value' | 'receivedAt'>[]) => {
    const numbered = records.map(({ value, receivedAt }) => {
      offset += 1;
      return { offset, index: 0, value, receivedAt };
    });
    const batch = { topic: 'touched' as const, stream: 'touched', partition: 0, records: numbered };
    await foldTouched(batch, ports, { stillOwned: () => true, now: clock.now });
  };
  return {
    clock,
    waiting,
    reopened,
    /** Takes a page view of a visitor at noon, received when the clock says. */
    take: async (visitor: string) => {
      const event = storedEvent({ id: visitor, siteId, visitor, occurredAt: NOON, receivedAt: clock.now });
      await store.put([{ event, origin: `events/0/${siteId}-${visitor}/0` }]);
      const value = JSON.stringify({ siteId, day: TODAY, zone: ZONE, visitor });
      await fold([{ value, receivedAt: clock.now }]);
    },
    /** Folds what was noted to be folded. */
    catchUp: async () => fold(waiting.splice(0)),
    seal: () =>
      sealDays({ ...ports, budget: createSealBudget(NO_SEAL_USE) }, { now: () => clock.now, limit: 1_000 }),
    look: () =>
      reports.read(async (reader) => {
        const [state] = await reader.dayStates(siteId, 1, TODAY, TODAY);
        const question = {
          relation: 'counts' as const,
          siteId,
          generation: 1,
          days: [{ from: TODAY, to: TODAY }],
          groupBy: [],
          parts: ['visitors' as const],
          filter: null,
          between: null,
        };
        const [found] = await reader.run({ ...question, source: 'facts' });
        return {
          visitors: Number(found?.counts.visitors ?? 0),
          isSealed: state?.sealedVersion !== null,
          dirtySince: state?.dirtySince,
        };
      }),
  };
}

/** Days that a clock which was ahead took for over. */
export function reopenContract(where: string, make: MakeStores): void {
  describe(`a day that was taken for over, ${where}`, () => {
    let stores: StoresUnderTest;
    beforeAll(async () => {
      stores = await make();
    });
    afterAll(() => stores.drop());

    test('and sealed is opened by its next event, has all its visitors, and is sealed when it is over', async () => {
      const at = aggregatorAt(stores, 'site_sealed_early');
      for (const visitor of ['a', 'b']) await at.take(visitor);
      at.clock.now = NOON + 24 * HOUR;
      await at.take('c');
      await at.seal();
      expect(await at.look()).toEqual({ visitors: 3, isSealed: true, dirtySince: null });

      at.clock.now = NOON + HOUR;
      await at.take('d');
      expect(at.reopened).toEqual([TODAY]);
      expect(at.waiting.map(({ value }) => JSON.parse(value).visitor).sort()).toEqual(['a', 'b', 'c', 'd']);
      await at.catchUp();
      expect(await at.look()).toEqual({ visitors: 4, isSealed: false, dirtySince: null });
      await at.take('e');
      expect(await at.look()).toEqual({ visitors: 5, isSealed: false, dirtySince: null });
      expect(at.waiting).toEqual([]);

      at.clock.now = NOON + 24 * HOUR;
      await at.seal();
      expect(await at.look()).toEqual({ visitors: 5, isSealed: true, dirtySince: null });
    });

    test('and not sealed before all was killed lacks nothing after its next event', async () => {
      const at = aggregatorAt(stores, 'site_touched_early');
      at.clock.now = NOON + 24 * HOUR;
      await at.take('a');
      at.clock.now = NOON + HOUR;
      await at.take('b');
      await at.catchUp();
      expect(await at.look()).toEqual({ visitors: 2, isSealed: false, dirtySince: null });
    });

    test('says that it lacks what came since it began while whoever opens it is cut off', async () => {
      const at = aggregatorAt(stores, 'site_cut_off');
      at.clock.now = NOON + 24 * HOUR;
      await at.take('a');
      await at.seal();
      await stores.reports.reopenDays([{ siteId: 'site_cut_off', generation: 1, day: TODAY }]);
      const { isSealed, dirtySince } = await at.look();
      expect(isSealed).toBe(false);
      expect(dirtySince).toBeLessThanOrEqual(Date.parse(TODAY));
      at.clock.now = NOON + HOUR;
      await at.take('b');
      await at.catchUp();
      expect(await at.look()).toEqual({ visitors: 2, isSealed: false, dirtySince: null });
    });

    test('stays sealed when it is over by now, whatever its event says', async () => {
      const at = aggregatorAt(stores, 'site_over');
      at.clock.now = NOON + 24 * HOUR;
      await at.take('a');
      await at.seal();
      await stores.reports.replaceVisitorDays([
        {
          ...{ siteId: 'site_over', generation: 1, day: TODAY, visitor: 'b' },
          ...{ receivedAt: at.clock.now, facts: [] },
        },
      ]);
      // As an aggregator does that began its batch before the day was over.
      at.clock.now = Date.parse('2026-05-05T01:59:00Z');
      await at.take('b');
      expect(at.reopened).toEqual([]);
      expect((await at.look()).isSealed).toBe(true);
    });
  });
}
