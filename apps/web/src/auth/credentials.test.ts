import { hashPassword } from '@footfall/db/account/user';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Attempts } from './attempts.ts';
import { checkCredentials } from './credentials.ts';

const KEY = Symbol.for('footfall.web.attempts');
const holder = globalThis as { [KEY]?: Record<'email' | 'client', Attempts> };

const USER = { id: 'user_a', email: 'a@kiln.example', name: 'Kiln', sessionEpoch: 1 };
const PASSWORD = 'correct horse';
const [EMAIL_LIMIT, CLIENT_LIMIT] = [10, 100];
const QUARTER_HOUR = 15 * 60_000;

let passwordHash = '';
const findUnique = vi.fn(async ({ where: { email } }: { where: { email: string } }) =>
  email === USER.email ? { ...USER, passwordHash } : null,
);
const database = { user: { findUnique } } as never;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

beforeEach(() => {
  delete holder[KEY];
  findUnique.mockClear();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-01-07T10:00:00Z') });
});

afterEach(() => {
  delete holder[KEY];
  vi.useRealTimers();
});

const check = (email = USER.email, password = PASSWORD, client = '192.0.2.1') =>
  checkCredentials({ email, password }, { database, client });

/** Counts wrong attempts without the time that each password takes. */
async function countAttempts(kind: 'email' | 'client', key: string, count: number) {
  await check('nobody@else.example', 'wrong', '203.0.113.9');
  for (let index = 0; index < count; index += 1) holder[KEY]?.[kind].count(key, Date.now());
}

describe('an address and a password', () => {
  it.each([USER.email, ' A@Kiln.Example '])('let in as %j, however it is written', async (email) => {
    expect(await check(email)).toEqual({ user: USER });
  });

  it.each([
    ['a wrong password', USER.email, 'wrong horse'],
    ['an address that nobody has', 'b@kiln.example', PASSWORD],
    ['what is not an address', 'kiln', PASSWORD],
    ['nothing', '', ''],
  ])(
    'are refused alike for %s: it does not say whether there is such an account',
    async (_, email, password) => {
      expect(await check(email, password)).toEqual({ refused: 'wrong' });
    },
  );
});

describe('what was wrong', () => {
  it('counts against the account, up to the limit, and then its own password does not open it either', async () => {
    await countAttempts('email', USER.email, EMAIL_LIMIT - 1);
    expect(await check(USER.email, 'wrong')).toEqual({ refused: 'wrong' });
    expect(await check()).toEqual({ refused: 'wait', seconds: QUARTER_HOUR / 1000 });
  });

  it('does not ask the database while one has to wait', async () => {
    await countAttempts('email', USER.email, EMAIL_LIMIT);
    findUnique.mockClear();
    await check();
    expect(findUnique).not.toHaveBeenCalled();
  });

  it('counts for an account, however its address is written', async () => {
    await countAttempts('email', USER.email, EMAIL_LIMIT);
    expect(await check(' A@KILN.example')).toMatchObject({ refused: 'wait' });
  });

  it('is forgotten when the quarter of an hour is over', async () => {
    await countAttempts('email', USER.email, EMAIL_LIMIT);
    vi.setSystemTime(Date.now() + QUARTER_HOUR - 1_000);
    expect(await check()).toEqual({ refused: 'wait', seconds: 1 });
    vi.setSystemTime(Date.now() + 1_000);
    expect(await check()).toEqual({ user: USER });
  });

  it('is forgotten for an account that proved itself', async () => {
    await countAttempts('email', USER.email, EMAIL_LIMIT - 1);
    expect(await check()).toEqual({ user: USER });
    expect(await check(USER.email, 'wrong')).toEqual({ refused: 'wrong' });
    expect(await check()).toEqual({ user: USER });
  });

  it('counts against the address that it came from, whatever accounts it was about', async () => {
    await countAttempts('client', '192.0.2.1', CLIENT_LIMIT);
    expect(await check()).toMatchObject({ refused: 'wait' });
    // From elsewhere the account is as open as before.
    expect(await check(USER.email, PASSWORD, '192.0.2.2')).toEqual({ user: USER });
  });

  it('is not forgotten for an address whose account proved itself: it may be guessing at others', async () => {
    await countAttempts('client', '192.0.2.1', CLIENT_LIMIT - 1);
    expect(await check()).toEqual({ user: USER });
    expect(await check('b@kiln.example', 'wrong')).toEqual({ refused: 'wrong' });
    expect(await check()).toMatchObject({ refused: 'wait' });
  });

  it('counts nothing where nothing was wrong', async () => {
    for (let index = 0; index < 3; index += 1) await check();
    expect(holder[KEY]?.client.waitSeconds('192.0.2.1', Date.now())).toBe(0);
  });
});
