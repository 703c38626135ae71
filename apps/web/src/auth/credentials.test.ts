import { hashPassword } from '@footfall/db/account/password';
import { DEMO_LOGIN } from '@footfall/demo/login';
import { Turns } from '@footfall/timing/turns';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkCredentials, provePassword } from './credentials.ts';
import { sealBrowser } from './known-browser.ts';

const secret = 'a-long-random-text-of-32-characters-or-more';
const LOCAL = { listenHost: '127.0.0.1', webUrl: 'http://127.0.0.1:3000', secret };
const USER = {
  id: 'user_a',
  email: 'a@kiln.example',
  name: 'Kiln',
  sessionEpoch: 1,
  staffRole: null,
  isVerified: false,
  locale: null,
};
const DEMO = { ...USER, id: 'user_demo', email: DEMO_LOGIN.email };
const PASSWORD = 'correct horse';

const hashes = new Map<string, string>();
const findUnique = vi.fn(async ({ where: { email } }: { where: { email: string } }) => {
  const user = [USER, DEMO].find((one) => one.email === email);
  return user === undefined ? null : { ...user, emailVerifiedAt: null, passwordHash: hashes.get(email) };
});
const countFactors = vi.fn(async () => 0);
const countPasskeys = vi.fn(async () => 0);
const database = {
  user: { findUnique },
  totp: { count: countFactors },
  passkey: { count: countPasskeys },
  $queryRaw: async () => [],
};
const attempts = { countSignIn: vi.fn(async () => 0), forgive: vi.fn(), countSignUp: vi.fn() };
const passwords = new Turns({ atOnce: 1, waiting: 3, full: () => new Error('full') });
const log = { warn: vi.fn() };

beforeAll(async () => {
  hashes.set(USER.email, await hashPassword(PASSWORD));
  hashes.set(DEMO.email, await hashPassword(DEMO_LOGIN.password));
});
beforeEach(() => {
  vi.clearAllMocks();
  attempts.countSignIn.mockResolvedValue(0);
});

type Given = { email?: string; password?: string; browserCookie?: string; config?: Partial<typeof LOCAL> };

const given = ({ email = USER.email, password = PASSWORD, browserCookie, config = {} }: Given = {}) =>
  [
    { email, password },
    { client: '192.0.2.1', browserCookie },
    { config: { ...LOCAL, ...config }, database, attempts, passwords, log } as never,
  ] as const;
const check = (one?: Given) => checkCredentials(...given(one));

describe('an address and a password', () => {
  it.each([USER.email, ' A@Kiln.Example '])('let in as %j, however it is written', async (email) => {
    expect(await check({ email })).toEqual({ user: USER });
  });

  it.each([
    ['a wrong password', USER.email, 'wrong horse'],
    ['an address that nobody has', 'b@kiln.example', PASSWORD],
    ['what is not an address', 'kiln', PASSWORD],
    ['nothing', '', ''],
  ])(
    'are refused alike for %s: it does not say whether there is such an account',
    async (_, email, password) => {
      expect(await check({ email, password })).toEqual({ refused: 'wrong' });
      expect(attempts.forgive).not.toHaveBeenCalled();
    },
  );
});

describe('a right password of an account with a second factor', () => {
  it('is not enough, and is said apart from one that is', async () => {
    countFactors.mockResolvedValueOnce(1);
    expect(await check()).toEqual({ needsCode: USER });
  });

  it('is not enough where a passkey is the only one', async () => {
    countPasskeys.mockResolvedValueOnce(1);
    expect(await check()).toEqual({ needsCode: USER });
  });

  it('that is wrong is refused as any other', async () => {
    countFactors.mockResolvedValueOnce(1);
    expect(await check({ password: 'wrong horse' })).toEqual({ refused: 'wrong' });
    countFactors.mockReset().mockResolvedValue(0);
  });
});

describe('an attempt', () => {
  it('is counted before the password is looked at, and given back when it was right', async () => {
    await check();
    const [counted, looked, forgiven] = [attempts.countSignIn, findUnique, attempts.forgive].map(
      (mock) => mock.mock.invocationCallOrder[0] ?? 0,
    );
    expect(counted).toBeLessThan(looked ?? 0);
    expect(looked).toBeLessThan(forgiven ?? 0);
    expect(attempts.forgive).toHaveBeenCalledWith({ email: USER.email, client: '192.0.2.1', browser: null });
  });

  it('that is one too many looks at nothing', async () => {
    attempts.countSignIn.mockResolvedValue(20);
    expect(await check()).toEqual({ refused: 'wait', seconds: 20 });
    expect(findUnique).not.toHaveBeenCalled();
  });

  it('is told from strangers’ by the cookie of a browser that has signed in to this account', async () => {
    await check({ browserCookie: sealBrowser(USER.email, secret) });
    await check({ browserCookie: sealBrowser('b@kiln.example', secret) });
    const browsers = attempts.countSignIn.mock.calls.map(
      ([attempt]: unknown[]) => (attempt as { browser: unknown }).browser,
    );
    expect(browsers).toEqual([expect.any(String), null]);
  });

  it('of many at once is told that there are too many, before it takes memory', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, () => check({ password: 'wrong horse' })),
    );
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(8);
  });
});

describe('the demo’s login, which everybody knows,', () => {
  it.each([
    [LOCAL, true],
    [{ ...LOCAL, listenHost: '::1', webUrl: 'http://localhost:3000' }, true],
    [{ ...LOCAL, listenHost: '0.0.0.0' }, false],
    [{ ...LOCAL, listenHost: '::' }, false],
    [{ ...LOCAL, webUrl: 'https://stats.example' }, false],
  ])('with %j opens: %s', async (config, opens) => {
    const result = await check({ ...DEMO_LOGIN, config });
    expect(result).toEqual(opens ? { user: DEMO } : { refused: 'wrong' });
  });
});

describe('a proof by password of somebody who is signed in', () => {
  it('is taken when it is right, and gives the attempt back', async () => {
    await expect(provePassword(...given())).resolves.toBeUndefined();
    expect(attempts.forgive).toHaveBeenCalledOnce();
  });

  it('is refused at its field when it is wrong, and counts', async () => {
    const refused = { code: 'wrong_password', where: 'currentPassword' };
    await expect(provePassword(...given({ password: 'wrong horse' }))).rejects.toMatchObject(refused);
    expect(attempts.countSignIn).toHaveBeenCalledOnce();
    expect(attempts.forgive).not.toHaveBeenCalled();
  });

  it('that is one too many looks at nothing', async () => {
    attempts.countSignIn.mockResolvedValue(20);
    await expect(provePassword(...given())).rejects.toMatchObject({ code: 'too_many_attempts' });
    expect(findUnique).not.toHaveBeenCalled();
  });
});
