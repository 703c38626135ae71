import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import {
  beginTotp,
  confirmTotp,
  findSecondFactor,
  hasSecondFactor,
  removeTotp,
  renewRecoveryCodes,
  takeCode,
} from './second-factor.ts';
import { codeAt } from './totp.fixture.ts';

const secret = 'a-long-random-text-of-32-characters-or-more';
const STEP_MS = 30_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const LATER = NOW + 10 * STEP_MS;

let plane: ControlPlane;
let db: Database;
let userId = '';
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db } = plane.as('web'));
});
beforeEach(async () => {
  ({ userId } = await plane.newTenant());
});
afterAll(() => plane.drop());

const begin = async () => (await beginTotp(db, { userId, secret })) ?? '';
const confirm = (code: string) => confirmTotp(db, { userId, secret, code, now: NOW });
const take = (code: string, now = LATER) => takeCode(db, { userId, secret, code, now });

/** A second factor in force, as its owner has it. */
async function setUp() {
  const app = await begin();
  const recovery = (await confirm(codeAt(app, NOW))) ?? [];
  return { app, recovery };
}

const wins = (results: readonly boolean[]) => results.filter(Boolean).length;

describe('a second factor', () => {
  it('is in force from the code on that confirms it, and not before', async () => {
    const app = await begin();
    expect([await hasSecondFactor(db, userId), await take(codeAt(app, LATER))]).toEqual([false, false]);
    expect(await confirm('000000')).toBeNull();
    expect(await confirm(codeAt(app, NOW))).toHaveLength(10);
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: true, recoveryCodesLeft: 10 });
  });

  it('that was never confirmed gives way to one that is begun anew', async () => {
    const [first, second] = [await begin(), await begin()];
    expect(await confirm(codeAt(first, NOW))).toBeNull();
    expect(await confirm(codeAt(second, NOW))).toHaveLength(10);
  });

  it('in force is not begun over, nor confirmed once more', async () => {
    const { app } = await setUp();
    expect(await beginTotp(db, { userId, secret })).toBeNull();
    expect(await confirm(codeAt(app, NOW))).toBeNull();
    expect(await take(codeAt(app, LATER))).toBe(true);
  });

  it('that is confirmed twice at once gives recovery codes once', async () => {
    const code = codeAt(await begin(), NOW);
    const answers = await Promise.all([confirm(code), confirm(code), confirm(code)]);
    expect(answers.filter((codes) => codes !== null)).toHaveLength(1);
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: true, recoveryCodesLeft: 10 });
  });

  it('ends with its recovery codes', async () => {
    const { app, recovery } = await setUp();
    await removeTotp(db, userId);
    expect(await findSecondFactor(db, userId)).toBeNull();
    expect([await take(codeAt(app, LATER)), await take(recovery[0] ?? '')]).toEqual([false, false]);
  });

  it('stands in the database sealed and hashed', async () => {
    const { app, recovery } = await setUp();
    const { rows } = await plane.pool.query(
      `SELECT encode(sealed_secret, 'escape') AS text FROM totp UNION ALL SELECT encode(hash, 'escape') FROM recovery_code`,
    );
    const written = JSON.stringify(rows);
    for (const plain of [app, ...recovery]) expect(written).not.toContain(plain);
  });
});

describe('a code of the app', () => {
  it('is taken once, of many at once by one alone', async () => {
    const { app } = await setUp();
    const code = codeAt(app, LATER);
    expect(wins(await Promise.all([1, 2, 3, 4, 5].map(() => take(code))))).toBe(1);
    expect(await take(code)).toBe(false);
  });

  it('that confirmed it does not sign in', async () => {
    const { app } = await setUp();
    expect(await take(codeAt(app, NOW), NOW)).toBe(false);
  });

  it('of an earlier step is refused after one of a later', async () => {
    const { app } = await setUp();
    expect(await take(codeAt(app, LATER))).toBe(true);
    expect(await take(codeAt(app, LATER - STEP_MS))).toBe(false);
    expect(await take(codeAt(app, LATER + STEP_MS))).toBe(true);
  });

  it('of another account is wrong', async () => {
    const { app } = await setUp();
    ({ userId } = await plane.newTenant());
    await setUp();
    expect(await take(codeAt(app, LATER))).toBe(false);
  });
});

describe('a recovery code', () => {
  it('is taken once, of many at once by one alone', async () => {
    const { recovery } = await setUp();
    const [code = ''] = recovery;
    expect(wins(await Promise.all([1, 2, 3, 4, 5].map(() => take(code.toLowerCase()))))).toBe(1);
    expect(await take(code)).toBe(false);
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: true, recoveryCodesLeft: 9 });
  });

  it('ends with new ones, of which there are ten even when they are made twice at once', async () => {
    const { recovery } = await setUp();
    const answers = await Promise.all([renewRecoveryCodes(db, userId), renewRecoveryCodes(db, userId)]);
    expect(await findSecondFactor(db, userId)).toEqual({ hasApp: true, recoveryCodesLeft: 10 });
    expect(await take(recovery[0] ?? '')).toBe(false);
    expect(wins([await take(answers[0]?.[0] ?? ''), await take(answers[1]?.[0] ?? '')])).toBe(1);
  });

  it('of another account is wrong', async () => {
    const { recovery } = await setUp();
    ({ userId } = await plane.newTenant());
    await setUp();
    expect(await take(recovery[0] ?? '')).toBe(false);
  });

  it('is not made without a second factor in force', async () => {
    await begin();
    expect(await renewRecoveryCodes(db, userId)).toBeNull();
  });
});
