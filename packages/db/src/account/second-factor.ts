import type { Database } from '../prisma.ts';
import { seal, unseal } from '../sealed.ts';
import type { Transaction } from '../tenant/transaction.ts';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts';
import { matchStep, newTotpSecret, readTotpCode } from './totp.ts';

/** Whose second factor it is, and the installation's secret, which seals what is stored of it. */
type Whose = { userId: string; secret: string };

/** What an account has besides its password. */
export type SecondFactor = {
  /** Whether an app that shows codes is one. */
  hasApp: boolean;
  /** Recovery codes that were not used yet. */
  recoveryCodesLeft: number;
};

type Factors = Pick<Database, 'totp' | 'passkey'>;

/** The second factor of an account; null when none is in force. */
export async function findSecondFactor(db: Database, userId: string): Promise<SecondFactor | null> {
  if (!(await hasSecondFactor(db, userId))) return null;
  return {
    hasApp: await hasTotp(db, userId),
    recoveryCodesLeft: await db.recoveryCode.count({ where: { userId, usedAt: null } }),
  };
}

/** Whether an app is in force: one that was begun and never confirmed is none. */
const hasTotp = async (db: Pick<Database, 'totp'>, userId: string): Promise<boolean> =>
  (await db.totp.count({ where: { userId, confirmedAt: { not: null } } })) > 0;

/** Whether an account has a second factor that is in force: an app, or a passkey. */
export async function hasSecondFactor(db: Factors, userId: string): Promise<boolean> {
  return (await hasTotp(db, userId)) || (await db.passkey.count({ where: { userId } })) > 0;
}

/** Holds an account until the transaction ends: what changes its factors goes one after the other. */
export async function lockUser(transaction: Transaction, userId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM "user" WHERE id = ${userId} FOR NO KEY UPDATE`;
}

/**
 * Begins a second factor, in place of one that was never confirmed. Answers its secret for the authenticator app, here and never
 * again; null when one is in force already.
 */
export async function beginTotp(db: Database, { userId, secret }: Whose): Promise<string | null> {
  const totpSecret = newTotpSecret();
  const sealedSecret = seal(totpSecret, 'totp', secret);
  return db.$transaction(async (transaction) => {
    await transaction.totp.deleteMany({ where: { userId, confirmedAt: null } });
    const made = await transaction.totp.createMany({
      data: [{ userId, sealedSecret }],
      skipDuplicates: true,
    });
    return made.count === 1 ? totpSecret : null;
  });
}

/** Makes new recovery codes in place of all before. */
export async function replaceCodes(transaction: Transaction, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await transaction.recoveryCode.deleteMany({ where: { userId } });
  const hashes = codes.flatMap((code) => hashRecoveryCode(code) ?? []);
  await transaction.recoveryCode.createMany({ data: hashes.map((hash) => ({ userId, hash })) });
  return codes;
}

type Presented = Whose & {
  /** What somebody typed. */
  code: string;
  /** Epoch milliseconds. */
  now?: number;
};

/**
 * Puts a second factor in force, by a code that shows that the app has its secret. Answers the recovery codes, here and never again;
 * null when the code is wrong, or none was begun.
 */
export async function confirmTotp(
  db: Database,
  { userId, secret, code, now = Date.now() }: Presented,
): Promise<string[] | null> {
  const begun = await db.totp.findUnique({ where: { userId } });
  const typed = readTotpCode(code);
  if (begun === null || begun.confirmedAt !== null || typed === null) return null;
  const step = matchStep(unseal(begun.sealedSecret, 'totp', secret), typed, now);
  if (step === null) return null;
  return db.$transaction(async (transaction) => {
    await lockUser(transaction, userId);
    // Of two at once one alone finds it as it was read; another secret may have been begun meanwhile.
    const { count } = await transaction.totp.updateMany({
      where: { userId, confirmedAt: null, sealedSecret: begun.sealedSecret },
      data: { confirmedAt: new Date(now), lastStep: step },
    });
    return count === 1 ? replaceCodes(transaction, userId) : null;
  });
}

async function takeTotp(
  db: Database,
  { userId, secret, code, now = Date.now() }: Presented,
): Promise<boolean> {
  const totp = await db.totp.findUnique({ where: { userId } });
  if (totp === null || totp.confirmedAt === null) return false;
  const { sealedSecret } = totp;
  const step = matchStep(unseal(sealedSecret, 'totp', secret), code, now);
  if (step === null) return false;
  const { count } = await db.totp.updateMany({
    where: { userId, sealedSecret, confirmedAt: { not: null }, lastStep: { lt: step } },
    data: { lastStep: step },
  });
  return count === 1;
}

/**
 * Uses up a code of a second factor in force: of its app, or a recovery code. False when it is wrong, or was taken before; of two at
 * once one alone is taken.
 */
export async function takeCode(db: Database, presented: Presented): Promise<boolean> {
  const { userId } = presented;
  const code = readTotpCode(presented.code);
  if (code !== null) return takeTotp(db, { ...presented, code });
  const hash = hashRecoveryCode(presented.code);
  if (hash === null || !(await hasSecondFactor(db, userId))) return false;
  const { count } = await db.recoveryCode.updateMany({
    where: { userId, hash, usedAt: null },
    data: { usedAt: new Date(presented.now ?? Date.now()) },
  });
  return count === 1;
}

/** Makes new recovery codes, with which those before end; null when there is no second factor in force. */
export function renewRecoveryCodes(db: Database, userId: string): Promise<string[] | null> {
  return db.$transaction(async (transaction) => {
    // So that codes of two at once do not add up.
    await lockUser(transaction, userId);
    return (await hasSecondFactor(transaction, userId)) ? replaceCodes(transaction, userId) : null;
  });
}

/** Ends the recovery codes of an account that has no second factor any more. */
export async function endCodesOfNoFactor(transaction: Transaction, userId: string): Promise<void> {
  if (await hasSecondFactor(transaction, userId)) return;
  await transaction.recoveryCode.deleteMany({ where: { userId } });
}

/** Ends the app as a second factor, and with the last factor the recovery codes. */
export async function removeTotp(db: Database, userId: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await lockUser(transaction, userId);
    await transaction.totp.deleteMany({ where: { userId } });
    await endCodesOfNoFactor(transaction, userId);
  });
}
