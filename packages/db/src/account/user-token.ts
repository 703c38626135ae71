import { timingSafeEqual } from 'node:crypto';
import type { Database } from '../prisma.ts';
import { hashToken, isSecretToken, newSecretToken } from './secret-token.ts';

const HOUR_MS = 3_600_000;

/** What a token of a mail is for, and how long it is valid, milliseconds. */
export const TOKEN_LIVES = {
  verify_email: 24 * HOUR_MS,
  change_email: 24 * HOUR_MS,
  reset_password: HOUR_MS,
  sign_in: HOUR_MS / 4,
  prove: HOUR_MS / 4,
} as const;

export type TokenPurpose = keyof typeof TOKEN_LIVES;

/** Tokens of a user for one purpose that are valid at a time: an older one ends when there would be more. */
const MOST_OF_USER = 5;

export type NewToken = {
  userId: string;
  purpose: TokenPurpose;
  /** The address that it is sent to: what it proves. */
  email: string;
  /** The secret of the browser that asked for it, where only that one may use it without more. */
  browser?: string | undefined;
};

/** What a token proves. */
export type ProvenToken = {
  userId: string;
  email: string;
  /** Whether it is used by the browser that asked for it; false as well where that was not noted. */
  isSameBrowser: boolean;
};

/** Makes a single-use token; it is answered here and never again, since only its hash is stored. */
export async function issueToken(
  db: Database,
  { userId, purpose, email, browser }: NewToken,
): Promise<string> {
  const token = newSecretToken();
  const now = Date.now();
  await db.$transaction(async (transaction) => {
    const older = await transaction.userToken.findMany({
      where: { userId, purpose },
      orderBy: { createdAt: 'desc' },
      skip: MOST_OF_USER - 1,
      select: { hash: true },
    });
    await transaction.userToken.deleteMany({ where: { hash: { in: older.map(({ hash }) => hash) } } });
    await transaction.userToken.create({
      data: {
        hash: hashToken(token),
        userId,
        purpose,
        email,
        createdAt: new Date(now),
        expiresAt: new Date(now + TOKEN_LIVES[purpose]),
        ...(browser === undefined ? {} : { browserHash: hashToken(browser) }),
      },
    });
  });
  return token;
}

type Presented = { token: string; purpose: TokenPurpose; browser?: string | undefined };

const isSame = (hash: Uint8Array | null, browser: string | undefined): boolean =>
  hash !== null && browser !== undefined && timingSafeEqual(hash, hashToken(browser));

/** What a token proves, without using it up; null when there is none such, or it has expired or was used. */
export async function readToken(
  db: Database,
  { token, purpose, browser }: Presented,
): Promise<ProvenToken | null> {
  if (!isSecretToken(token)) return null;
  const row = await db.userToken.findUnique({ where: { hash: hashToken(token) } });
  if (row === null || row.purpose !== purpose || row.expiresAt.getTime() <= Date.now()) return null;
  return { userId: row.userId, email: row.email, isSameBrowser: isSame(row.browserHash, browser) };
}

/** As {@link readToken}, and uses it up: of two at once one alone is answered. */
export async function takeToken(db: Database, presented: Presented): Promise<ProvenToken | null> {
  const proven = await readToken(db, presented);
  if (proven === null) return null;
  const { count } = await db.userToken.deleteMany({ where: { hash: hashToken(presented.token) } });
  return count === 1 ? proven : null;
}

/** Ends all tokens of a user for some purposes: after a reset no other link may set the password again. */
export async function endTokens(
  db: Pick<Database, 'userToken'>,
  userId: string,
  purposes: readonly TokenPurpose[],
): Promise<void> {
  await db.userToken.deleteMany({ where: { userId, purpose: { in: [...purposes] } } });
}
