import type { Database } from '../prisma.ts';
import { seal, unseal } from '../sealed.ts';
import type { Transaction } from '../tenant/transaction.ts';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-code.ts';
import { matchStep, newTotpSecret, readTotpCode } from './totp.ts';

/** Whose second factor it is, and the installation's secret, which seals what is stored of it. */
type Whose = { userId: string; secret: string };

/** What an account has besides its password. */
export type SecondFactor = {
  /** Recovery codes that were not used yet. */
  recoveryCodesLeft: number;
};

/** The second factor of an account; null when none is in force. */
export async function findSecondFactor(db: Database, userId: string): Promise<SecondFactor | null> {
  if (!(await hasSecondFactor(db, userId))) return null;
  return { recoveryCodesLeft: await db.recoveryCode.count({ where: { userId, usedAt: null } }) };
}

/** Whether an account has a second factor that is in force: one that was begun and never confirmed is none. */
export async function hasSecondFactor(db: Database, userId: string): Promise<boolean> {
  return (await db.totp.count({ where: { userId, confirmedAt: { not: null } } })) > 0;
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

async function replaceCodes(transaction: Transaction, userId: string): Promise<string[]> {
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
    // The row is locked, so that codes of two at once do not add up.
    const { count } = await transaction.totp.updateMany({
      where: { userId, confirmedAt: { not: null } },
      data: { userId },
    });
    return count === 1 ? replaceCodes(transaction, userId) : null;
  });
}

/** Ends a second factor and its recovery codes. */
export async function removeSecondFactor(db: Database, userId: string): Promise<void> {
  await db.$transaction(async (transaction) => {
    await transaction.totp.deleteMany({ where: { userId } });
    await transaction.recoveryCode.deleteMany({ where: { userId } });
  });
}
