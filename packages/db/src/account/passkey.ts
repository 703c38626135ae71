import { controlFailure } from '../errors.ts';
import type { Database } from '../prisma.ts';
import { printable } from '../text.ts';
import { endCodesOfNoFactor, hasSecondFactor, lockUser, replaceCodes } from './second-factor.ts';

/** Passkeys of one account at most. */
export const MOST_PASSKEYS = 20;

const MAX_NAME = 60;

/** A passkey as its owner sees it. */
export type ListedPasskey = {
  /** The credential's id, base64url. */
  id: string;
  name: string;
  createdAt: Date;
  /** Null: never used. */
  lastUsedAt: Date | null;
};

/** What somebody who signs in with a passkey is compared with. */
export type StoredPasskey = {
  id: string;
  userId: string;
  /** COSE. */
  publicKey: Uint8Array<ArrayBuffer>;
  /** How often it has signed, as it says itself; 0 always: it does not count. */
  counter: number;
  transports: readonly string[];
};

/** The passkeys of an account, oldest first. */
export function listPasskeys(db: Database, userId: string): Promise<ListedPasskey[]> {
  return db.passkey.findMany({
    where: { userId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, createdAt: true, lastUsedAt: true },
  });
}

const STORED = { id: true, userId: true, publicKey: true, counter: true, transports: true } as const;

/** The passkeys of an account, as they are compared. */
export async function listStoredPasskeys(db: Database, userId: string): Promise<StoredPasskey[]> {
  const rows = await db.passkey.findMany({ where: { userId }, select: STORED });
  return rows.map((row) => ({ ...row, counter: Number(row.counter) }));
}

/** The passkey of this id, whosever it is; null when there is none. */
export async function findPasskey(db: Database, id: string): Promise<StoredPasskey | null> {
  const row = await db.passkey.findUnique({ where: { id }, select: STORED });
  return row && { ...row, counter: Number(row.counter) };
}

type NewPasskey = Omit<StoredPasskey, 'counter'> & {
  name: string;
  counter: number;
  /** Whether it is kept beyond the device, by an account of its maker's. */
  isBackedUp: boolean;
};

/**
 * A passkey's name as it is kept.
 * @throws Failure `invalid_name` at the field `name`
 */
export function checkPasskeyName(text: string): string {
  const name = printable(text, MAX_NAME);
  if (name !== null) return name;
  throw controlFailure('invalid_name', `a name has 1 to ${MAX_NAME} printable characters`, {
    where: 'name',
    values: { most: MAX_NAME },
  });
}

/**
 * Adds a passkey that was verified. Answers the recovery codes where it is the first second factor of the account, here and never again;
 * null otherwise.
 * @throws Failure `invalid_name`, `too_many`, `passkey_there`
 */
export async function addPasskey(
  db: Database,
  { transports, ...passkey }: NewPasskey,
): Promise<string[] | null> {
  const { userId } = passkey;
  const name = checkPasskeyName(passkey.name);
  return db.$transaction(async (transaction) => {
    await lockUser(transaction, userId);
    if ((await transaction.passkey.count({ where: { userId } })) >= MOST_PASSKEYS)
      throw controlFailure('too_many', `there are ${MOST_PASSKEYS} already: remove one first`, {
        where: 'name',
        values: { thing: 'passkeys', most: MOST_PASSKEYS },
      });
    const isFirst = !(await hasSecondFactor(transaction, userId));
    const made = await transaction.passkey.createMany({
      data: [{ ...passkey, name, transports: [...transports] }],
      skipDuplicates: true,
    });
    if (made.count === 0)
      throw controlFailure('passkey_there', 'this passkey was added before', { where: 'name' });
    return isFirst ? replaceCodes(transaction, userId) : null;
  });
}

/** Removes a passkey of somebody, and with their last factor the recovery codes. Answers its name; null when they have none such. */
export function removePasskey(
  db: Database,
  { userId, id }: { userId: string; id: string },
): Promise<string | null> {
  return db.$transaction(async (transaction) => {
    await lockUser(transaction, userId);
    const found = await transaction.passkey.findFirst({ where: { userId, id }, select: { name: true } });
    await transaction.passkey.deleteMany({ where: { userId, id } });
    await endCodesOfNoFactor(transaction, userId);
    return found?.name ?? null;
  });
}

/**
 * Notes that a passkey has signed: `counter` is what it says now. False when it was used or removed meanwhile, so that of two that say the
 * same count one alone is taken.
 */
export async function notePasskeyUse(
  db: Database,
  { id, counter: before }: Pick<StoredPasskey, 'id' | 'counter'>,
  { counter, isBackedUp }: { counter: number; isBackedUp: boolean },
): Promise<boolean> {
  const { count } = await db.passkey.updateMany({
    where: { id, counter: before },
    data: { counter, isBackedUp, lastUsedAt: new Date() },
  });
  return count === 1;
}
