import { createHash } from 'node:crypto';
import { senderNetwork } from '@footfall/core/ip';
import type { Pool } from '@footfall/postgres/pool';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

const QUARTER_HOUR = 15 * 60;
const HOUR = 60 * 60;

/**
 * How often something may be tried: `points` in `duration` seconds from the first. Each attempt is counted before a password is
 * looked at, in Postgres, so that thirty at once and several portals count as one after the other does.
 */
export const ATTEMPT_LIMITS = {
  /** Of one network, whatever accounts it is about; who signs in gets theirs back. */
  network: { points: 100, duration: QUARTER_HOUR },
  /** Of everybody. */
  all: { points: 3_000, duration: QUARTER_HOUR },
  /** At one account, from browsers that it does not know. */
  account: { points: 10, duration: QUARTER_HOUR },
  /** Past that nobody is locked out: it takes longer. */
  accountSlowly: { points: 1, duration: 20 },
  /** Of a browser that has signed in to this account before: strangers' attempts do not concern it. */
  browser: { points: 10, duration: QUARTER_HOUR },
  /** At the second step of an account, from browsers that it does not know together, and from each that it knows. */
  code: { points: 10, duration: QUARTER_HOUR },
  newAccounts: { points: 100, duration: HOUR },
  allNewAccounts: { points: 1_000, duration: HOUR },
  /** Mails with links that one network asks for, to whatever addresses. */
  mails: { points: 100, duration: HOUR },
  allMails: { points: 1_000, duration: HOUR },
  /** To one address, of an account or not: as many as there may be valid links, so that a stranger's ends none of its owner's. */
  mailsToAddress: { points: 5, duration: HOUR },
  /** Pages that are fetched to look at them, of one site and of a tenant's sites together. */
  sitePageChecks: { points: 20, duration: QUARTER_HOUR },
  tenantPageChecks: { points: 100, duration: HOUR },
} as const;

type LimitName = keyof typeof ATTEMPT_LIMITS;

/** Who tries to get into which account. */
export type Attempt = {
  email: string;
  /** The asker's address. */
  client: string;
  /** The id of a browser that this account knows; null for any other. */
  browser: string | null;
};

/** Who tries a code of a second factor; its address and browser as in {@link Attempt}. */
export type CodeAttempt = { userId: string; client: string; browser: string | null };

/** Limits of what strangers may try, and of what members may have asked outside. A wait is in seconds, 0: none. */
export type AttemptLimits = {
  /** Counts an attempt at an account; answers how long to wait before the next, if this one is one too many. */
  countSignIn(attempt: Attempt): Promise<number>;
  /** Gives back what an attempt that was right had taken. */
  forgive(attempt: Attempt): Promise<void>;
  /** Counts an attempt at the second step; answers as {@link AttemptLimits.countSignIn} does. */
  countCode(attempt: CodeAttempt): Promise<number>;
  /** Gives back what a code that was right had taken. */
  forgiveCode(attempt: CodeAttempt): Promise<void>;
  /** Counts an attempt with what cannot be guessed, a passkey or a mailed link; answers as {@link AttemptLimits.countSignIn} does. It bounds our work. */
  countEntry(client: string): Promise<number>;
  /** Gives back what one that was right had taken. */
  forgiveEntry(client: string): Promise<void>;
  /** Counts an attempt to make an account. */
  countSignUp(client: string): Promise<number>;
  /** Counts a mail that somebody wants to be sent to an address. */
  countMail(wish: Pick<Attempt, 'email' | 'client'>): Promise<number>;
  /** Counts a page that a tenant wants to be looked at. */
  countPageCheck(wish: { tenantId: string; siteId: string }): Promise<number>;
};

const EVERYBODY = 'all';

/** What stands in the database of an e-mail address or a network: neither itself, and never longer than this. */
const hashKey = (text: string) => createHash('sha256').update(text).digest('base64url');

const accountKey = (email: string) => hashKey(email.trim().toLowerCase().toWellFormed());

const codeKey = ({ userId, browser }: Omit<CodeAttempt, 'client'>) => hashKey(`${userId} ${browser ?? ''}`);

const networkKey = (client: string) => hashKey(senderNetwork(client) ?? client);

function openCounters(pool: Pool): Record<LimitName, RateLimiterPostgres> {
  const open = (name: LimitName) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix: name,
      // One of them tidies up for all.
      clearExpiredByTimeout: name === EVERYBODY,
      ...ATTEMPT_LIMITS[name],
    });
  const names = Object.keys(ATTEMPT_LIMITS) as LimitName[];
  return Object.fromEntries(names.map((name) => [name, open(name)])) as Record<
    LimitName,
    RateLimiterPostgres
  >;
}

/** The counters of an installation; `pool` is the portal's. */
export function createAttemptLimits(pool: Pool): AttemptLimits {
  const counters = openCounters(pool);
  const count = async (name: LimitName, key: string): Promise<number> => {
    try {
      await counters[name].consume(key);
      return 0;
    } catch (error) {
      // The library rejects with its count; anything else is the database's.
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    }
  };
  /** Counts in one after the other, until one says to wait: a network that has had its share takes nothing of what is everybody's. */
  const countAll = async (steps: readonly (readonly [LimitName, string])[]): Promise<number> => {
    for (const [name, key] of steps) {
      const wait = await count(name, key);
      if (wait > 0) return wait;
    }
    return 0;
  };
  /** What is counted of everybody who asks, whatever for. */
  const doors = (client: string) =>
    [
      ['network', networkKey(client)],
      ['all', EVERYBODY],
    ] as const;
  const reopenDoors = async (client: string): Promise<void> => {
    await Promise.all(doors(client).map(([name, key]) => counters[name].reward(key)));
  };
  return {
    countSignIn: async ({ email, client, browser }) => {
      if (browser !== null && (await count('browser', hashKey(browser))) === 0) return 0;
      const wait = await countAll(doors(client));
      if (wait > 0) return wait;
      const key = accountKey(email);
      return (await count('account', key)) === 0 ? 0 : count('accountSlowly', key);
    },
    forgive: async ({ email, client, browser }) => {
      if (browser !== null) return void (await counters.browser.delete(hashKey(browser)));
      const key = accountKey(email);
      await Promise.all([
        reopenDoors(client),
        counters.account.delete(key),
        counters.accountSlowly.delete(key),
      ]);
    },
    countCode: ({ client, ...attempt }) => countAll([...doors(client), ['code', codeKey(attempt)]]),
    forgiveCode: async ({ client, ...attempt }) => {
      await Promise.all([reopenDoors(client), counters.code.delete(codeKey(attempt))]);
    },
    countEntry: (client) => countAll(doors(client)),
    forgiveEntry: reopenDoors,
    countSignUp: (client) =>
      countAll([
        ['newAccounts', networkKey(client)],
        ['allNewAccounts', EVERYBODY],
      ]),
    countMail: ({ email, client }) =>
      countAll([
        ['mails', networkKey(client)],
        ['allMails', EVERYBODY],
        ['mailsToAddress', accountKey(email)],
      ]),
    countPageCheck: ({ tenantId, siteId }) =>
      countAll([
        ['sitePageChecks', hashKey(siteId)],
        ['tenantPageChecks', hashKey(tenantId)],
      ]),
  };
}
