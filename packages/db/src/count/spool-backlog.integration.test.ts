import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import {
  clearSpoolLines,
  forgetSpool,
  listSpools,
  oldestSpooled,
  publishSpool,
  type SpoolState,
  spooledOfSite,
} from './spool-backlog.ts';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await freshControlPlane();
});
afterAll(() => plane.drop());
beforeEach(() => plane.pool.query('DELETE FROM spool'));

const OLDEST = Date.parse('2026-01-07T10:00:00.123Z');
const spool = (more: Partial<SpoolState> = {}): SpoolState => ({
  id: 'a',
  place: 'host:/data/spool/1',
  records: 3,
  bytes: 1_000,
  oldestReceivedAt: OLDEST,
  ...more,
});
const line = (siteId: string, count: number, day = '2026-01-07') => ({ siteId, day, count });
const publish = (state: SpoolState, ...lines: ReturnType<typeof line>[]) =>
  publishSpool(plane.pool, state, lines);
const ofSite = async (siteId: string) => Object.fromEntries(await spooledOfSite(plane.pool, siteId));

test('nothing is spooled where nobody says so', async () => {
  expect([await oldestSpooled(plane.pool), await ofSite('s')]).toEqual([null, {}]);
});

test('all collectors add up, each site by day; the oldest of all is the oldest', async () => {
  await publish(spool(), line('s', 2), line('s', 1, '2026-01-06'), line('t', 5));
  await publish(spool({ id: 'b', oldestReceivedAt: OLDEST - 1 }), line('s', 10));
  expect(await ofSite('s')).toEqual({ '2026-01-07': 12, '2026-01-06': 1 });
  expect(await ofSite('t')).toEqual({ '2026-01-07': 5 });
  expect(await oldestSpooled(plane.pool)).toBe(OLDEST - 1);
});

test('a line that is said again takes the place of what was said; 0 takes it back; the others stay', async () => {
  await publish(spool(), line('s', 2), line('t', 5));
  await publish(spool({ oldestReceivedAt: OLDEST + 5 }), line('s', 7));
  expect(await ofSite('s')).toEqual({ '2026-01-07': 7 });
  await publish(spool({ oldestReceivedAt: OLDEST + 5 }), line('s', 0), line('unheard', 0));
  expect([await ofSite('s'), await ofSite('t')]).toEqual([{}, { '2026-01-07': 5 }]);
  expect(await oldestSpooled(plane.pool)).toBe(OLDEST + 5);
});

test('lines are taken back without a claim that reports reach further', async () => {
  await publish(spool(), line('s', 2));
  await publish(spool({ id: 'b' }), line('s', 3));
  await clearSpoolLines(plane.pool, 'a');
  expect([await ofSite('s'), await oldestSpooled(plane.pool)]).toEqual([{ '2026-01-07': 3 }, OLDEST]);
});

test('lists the spools, the one with the oldest event first, and when each was heard of last', async () => {
  const [old, young] = [spool({ id: 'b', oldestReceivedAt: OLDEST - 1 }), spool()];
  await publish(young);
  await publish(old, line('s', 1));
  const { rows } = await plane.pool.query<{ now: Date }>('SELECT now()');
  const spools = await listSpools(plane.pool);
  expect(spools).toEqual([
    { ...old, saidAt: expect.any(Date) },
    { ...young, saidAt: expect.any(Date) },
  ]);
  const age = (rows[0]?.now.getTime() ?? 0) - (spools[0]?.saidAt.getTime() ?? 0);
  expect(Math.abs(age)).toBeLessThan(60_000);
});

test('an empty spool leaves nothing; what another holds stays', async () => {
  await publish(spool(), line('s', 2));
  await publish(spool({ id: 'b', oldestReceivedAt: OLDEST + 9 }), line('s', 3));
  await forgetSpool(plane.pool, 'a');
  expect([await ofSite('s'), await oldestSpooled(plane.pool)]).toEqual([{ '2026-01-07': 3 }, OLDEST + 9]);
  const { rows } = await plane.pool.query('SELECT DISTINCT spool_id FROM spool_backlog');
  expect(rows).toEqual([{ spool_id: 'b' }]);
});
