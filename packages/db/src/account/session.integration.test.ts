import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { sessionStore } from './session.ts';

const DAY = 24 * 3_600_000;
const ENDS = { afterMs: 30 * DAY, idleMs: 7 * DAY };

let plane: ControlPlane;
let db: Database;
let userId = '';
beforeAll(async () => {
  plane = await freshControlPlane();
  // As the portal: with its own rights.
  ({ db } = plane.as('web'));
  ({ userId } = await plane.newTenant());
});
afterAll(() => plane.drop());

/** Moves a time of every session into the past. */
const age = (column: 'expires_at' | 'last_seen_at', ms: number) =>
  plane.pool.query(`UPDATE session SET ${column} = ${column} - $1 * interval '1 ms'`, [ms]);

it('a session is found by its id, and stored by a hash alone', async () => {
  const sessions = sessionStore(db, ENDS);
  const id = await sessions.begin(userId);
  expect((await sessions.find(id))?.userId).toBe(userId);
  expect(await sessions.find(`${id}x`)).toBeNull();
  const { rows } = await plane.pool.query<{ text: string }>('SELECT session::text AS text FROM session');
  expect(rows.map(({ text }) => text).join()).not.toContain(id);
});

it('signing out ends one, for good', async () => {
  const sessions = sessionStore(db, ENDS);
  const [one, other] = [await sessions.begin(userId), await sessions.begin(userId)];
  await sessions.end(one);
  expect([await sessions.find(one), (await sessions.find(other))?.userId]).toEqual([null, userId]);
});

it('all others of a user end at once, and nobody else’s', async () => {
  const sessions = sessionStore(db, ENDS);
  const stranger = (await plane.newTenant()).userId;
  const [kept, other, theirs] = [
    await sessions.begin(userId),
    await sessions.begin(userId),
    await sessions.begin(stranger),
  ];
  await sessions.endOthers(userId, kept);
  expect((await sessions.find(kept))?.userId).toBe(userId);
  expect(await sessions.find(other)).toBeNull();
  expect((await sessions.find(theirs))?.userId).toBe(stranger);
});

it.each([
  ['a month after it began, though it is used', 'expires_at', ENDS.afterMs],
  ['a week after it was last used', 'last_seen_at', ENDS.idleMs],
] as const)('a session ends %s', async (_, column, ms) => {
  const sessions = sessionStore(db, ENDS);
  const id = await sessions.begin(userId);
  await age(column, ms - 60_000);
  expect((await sessions.find(id))?.userId).toBe(userId);
  await age(column, ms);
  expect(await sessions.find(id)).toBeNull();
});

it.each(['expires_at', 'last_seen_at'] as const)(
  'one that a clock has written which was a year ahead (%s) ends when the clock is right',
  async (column) => {
    const sessions = sessionStore(db, ENDS);
    const id = await sessions.begin(userId);
    await age(column, -60_000);
    expect(await sessions.find(id)).toMatchObject({ userId });
    await age(column, -365 * DAY);
    expect(await sessions.find(id)).toBeNull();
  },
);

it('being used puts off its idle end, and never the other', async () => {
  const sessions = sessionStore(db, ENDS);
  const id = await sessions.begin(userId);
  for (let week = 0; week < 2; week += 1) {
    await age('last_seen_at', ENDS.idleMs - 60_000);
    expect((await sessions.find(id))?.userId).toBe(userId);
  }
});

it('a user has fifty at most: the one that was used longest ago makes room', async () => {
  const sessions = sessionStore(db, ENDS);
  const { userId: busy } = await plane.newTenant();
  const first = await sessions.begin(busy);
  await age('last_seen_at', 1_000);
  for (let index = 0; index < 50; index += 1) await sessions.begin(busy);
  expect(await db.session.count({ where: { userId: busy } })).toBe(50);
  expect(await sessions.find(first)).toBeNull();
});

it('an owner sees their sessions, the current one marked, and ends one by its key', async () => {
  const sessions = sessionStore(db, ENDS);
  const { userId: somebody } = await plane.newTenant();
  const phone = await sessions.begin(somebody, { userAgent: 'Phone\0', address: '203.0.113.77' });
  const desk = await sessions.begin(somebody, { userAgent: 'x'.repeat(9_000) });
  const listed = await sessions.list(somebody, desk);
  expect(listed.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
  const other = listed.find(({ isCurrent }) => !isCurrent);
  expect(other).toMatchObject({ userAgent: 'Phone', network: '203.0.113.0' });
  expect(await sessions.endListed(userId, other?.key ?? '')).toBe(false);
  expect(await sessions.endListed(somebody, other?.key ?? '')).toBe(true);
  expect(await sessions.find(phone)).toBeNull();
  expect(await sessions.find(other?.key ?? '')).toBeNull();
  expect(await sessions.endListed(somebody, 'no key at all')).toBe(false);
});

it('a session remembers the tenant that was chosen in it, and when its user proved who they are', async () => {
  const sessions = sessionStore(db, ENDS);
  const id = await sessions.begin(userId);
  const begun = await sessions.find(id);
  expect(begun?.tenantId).toBeNull();
  await plane.pool.query(`UPDATE session SET proven_at = proven_at - interval '1 hour'`);
  expect((await sessions.find(id))?.provenAt).toBe((begun?.provenAt ?? 0) - 3_600_000);
  await sessions.prove(id);
  await sessions.chooseTenant(id, 'tenant_b');
  expect((await sessions.find(id))?.provenAt).toBeGreaterThanOrEqual(begun?.provenAt ?? Infinity);
  expect((await sessions.find(id))?.tenantId).toBe('tenant_b');
});

it('ends when the provider that vouched for it is none of the installation’s any more, for good', async () => {
  const [google, company] = ['https://accounts.google.com/', 'https://id.example/'];
  const before = sessionStore(db, { ...ENDS, providers: [google, company] });
  const [byGoogle, byCompany, byPassword] = [
    await before.begin(userId, { provider: google }),
    await before.begin(userId, { provider: company }),
    await before.begin(userId),
  ];
  const found = async (store: typeof before) =>
    Promise.all([byGoogle, byCompany, byPassword].map(async (id) => (await store.find(id)) !== null));
  expect(await found(before)).toEqual([true, true, true]);
  expect(await found(sessionStore(db, { ...ENDS, providers: [google] }))).toEqual([true, false, true]);
  // It comes back for who signs in anew, not for who had a session once.
  expect(await found(before)).toEqual([true, false, true]);
});

it('one that a tenant’s own provider has begun is the tenant’s to end', async () => {
  const sessions = sessionStore(db, { ...ENDS, providers: [] });
  const id = await sessions.begin(userId, { onlyTenant: 'tenant_a', provider: 'tenant:tenant_a https://a/' });
  expect(await sessions.find(id)).not.toBeNull();
});
