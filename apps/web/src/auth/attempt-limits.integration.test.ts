import { prepareControlPlane } from '@footfall/db/prepare';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT_LIMITS, type AttemptLimits, createAttemptLimits } from './attempt-limits.ts';

let pools: Pool[] = [];
let drop: () => Promise<void>;
/** Two processes of the portal. */
let one: AttemptLimits;
let other: AttemptLimits;

beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await prepareControlPlane(database.url);
  pools = [1, 2].map(() => connectPool(database.url, { name: 'test', role: 'web' }));
  [one, other] = pools.map(createAttemptLimits) as [AttemptLimits, AttemptLimits];
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await drop();
});
beforeEach(() => pools[0]?.query('DELETE FROM rate_limit'));

const EMAIL = 'owner@kiln.example';
const attempt = (client: string, browser: string | null = null) => ({ email: EMAIL, client, browser });
const admitted = (waits: readonly number[]) => waits.filter((wait) => wait === 0).length;
const MOST = ATTEMPT_LIMITS.account.points;

describe('attempts at one account', () => {
  it('thirty at once count as thirty, over all processes: ten and the slow one are let in', async () => {
    const waits = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 ? one : other).countSignIn(attempt('192.0.2.1'))),
    );
    expect(admitted(waits)).toBe(MOST + 1);
    const longest = Math.max(...waits);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(ATTEMPT_LIMITS.accountSlowly.duration);
  });

  it('by strangers never lock out a browser that the account knows', async () => {
    for (let index = 0; index < 40; index += 1) await one.countSignIn(attempt(`198.51.100.${index}`));
    expect(await one.countSignIn(attempt('192.0.2.9'))).toBeGreaterThan(0);
    expect(await one.countSignIn(attempt('192.0.2.9', 'browser-1'))).toBe(0);
    // It has a bound of its own, and is a stranger past it.
    for (let index = 1; index < MOST; index += 1) await one.countSignIn(attempt('192.0.2.9', 'browser-1'));
    expect(await one.countSignIn(attempt('192.0.2.9', 'browser-1'))).toBeGreaterThan(0);
  });

  it('are one account’s however its address is written, and are forgotten when it proves itself', async () => {
    for (let index = 0; index < MOST + 1; index += 1)
      await one.countSignIn({ ...attempt('192.0.2.1'), email: index % 2 ? ' Owner@KILN.example ' : EMAIL });
    expect(await one.countSignIn(attempt('192.0.2.1'))).toBeGreaterThan(0);
    await one.forgive(attempt('192.0.2.1'));
    expect(await other.countSignIn(attempt('192.0.2.1'))).toBe(0);
  });
});

describe('attempts of one network', () => {
  const guess = (client: string, index: number) =>
    one.countSignIn({ ...attempt(client), email: `${index}@kiln.example` });

  it('are bounded whatever accounts they are about, and all of a /64 is one', async () => {
    const { points } = ATTEMPT_LIMITS.network;
    const waits = [];
    for (let index = 0; index < points + 5; index += 1)
      waits.push(await guess(`2001:db8:0:1::${index}`, index));
    expect(admitted(waits)).toBe(points);
    expect(await guess('2001:db8:0:2::1', 999)).toBe(0);
  });

  it('give back what was right', async () => {
    for (let index = 0; index < ATTEMPT_LIMITS.network.points + 20; index += 1) {
      expect(await one.countSignIn(attempt('192.0.2.7'))).toBe(0);
      await one.forgive(attempt('192.0.2.7'));
    }
  });
});

it('new accounts of one network are bounded', async () => {
  const { points } = ATTEMPT_LIMITS.newAccounts;
  const waits = await Promise.all(Array.from({ length: points + 10 }, () => one.countSignUp('192.0.2.1')));
  expect(admitted(waits)).toBe(points);
  expect(await one.countSignUp('192.0.2.2')).toBe(0);
});

it('what is stored is bounded, whatever was sent, and names nobody', async () => {
  const email = `${'a'.repeat(1_000_000)}@kiln.example`;
  await one.countSignIn({ email, client: 'not an address', browser: 'b'.repeat(100_000) });
  await one.countSignIn(attempt('192.0.2.1'));
  const { rows } = (await pools[0]?.query<{ key: string }>('SELECT key FROM rate_limit')) ?? { rows: [] };
  expect(rows.length).toBeGreaterThan(2);
  for (const { key } of rows) {
    expect(key.length).toBeLessThan(80);
    expect(key).not.toMatch(/kiln|192/);
  }
});
