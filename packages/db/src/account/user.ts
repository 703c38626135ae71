import { type StaffRole, staffRole } from '@footfall/core/access/role';
import { hash, verify } from '@node-rs/argon2';
import { controlFailure } from '../errors.ts';
import type { Database } from '../prisma.ts';

export type User = {
  id: string;
  email: string;
  name: string;
  sessionEpoch: number;
  /** Staff of the platform; null: not one. */
  staffRole: StaffRole | null;
  /** Whether somebody has shown that mail to the address reaches them. */
  isVerified: boolean;
  /** The language of their mails; null: not chosen. */
  locale: string | null;
};

/** No more than that mail can be sent there is to be known: a name, a domain with a dot, nothing unprintable. */
const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@.\p{Cc}]+$/u;
const MAX_EMAIL = 254;

function parseEmail(text: string): string | null {
  const address = text.trim().toLowerCase().toWellFormed();
  return address.length <= MAX_EMAIL && EMAIL.test(address) ? address : null;
}

/** An e-mail address as it is kept: trimmed, in lower case. Throws Failure `invalid_email`. */
export function normaliseEmail(email: string): string {
  const address = parseEmail(email);
  if (address === null) {
    throw controlFailure('invalid_email', `${JSON.stringify(email)} is not an e-mail address`, {
      where: 'email',
      values: { email },
    });
  }
  return address;
}

/** Somebody has an account with this address. */
export const emailTaken = (email: string) =>
  controlFailure('email_taken', `there is an account with ${email} already`, {
    where: 'email',
    values: { email },
  });

/** Runs work that costs much when it is its turn. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Turns of whoever has none to wait for: the operator's command line. */
export const atOnce: InTurn = (work) => work();

let nobody: Promise<string> | undefined;

/** The user with this e-mail address and password, or null. Takes as long for an unknown address as for a wrong password. */
export async function authenticate(
  db: Database,
  credentials: { email: string; password: string },
  inTurn: InTurn = atOnce,
): Promise<User | null> {
  nobody ??= hash('a password that nobody has');
  const email = parseEmail(credentials.email);
  const user = email === null ? null : await db.user.findUnique({ where: { email } });
  const passwordHash = user?.passwordHash ?? null;
  // Whoever has no password has none that could match, and takes as long.
  const compared = passwordHash ?? (await nobody);
  const matches = await inTurn(() => verify(compared, credentials.password));
  return user !== null && passwordHash !== null && matches ? toUser(user) : null;
}

/** The user with this e-mail address, however it is written, or null. */
export async function findUserByEmail(db: Database, text: string): Promise<User | null> {
  const email = parseEmail(text);
  const user = email === null ? null : await db.user.findUnique({ where: { email } });
  return user && toUser(user);
}

/** The user with this id, or null. */
export async function findUser(db: Database, id: string): Promise<User | null> {
  const user = await db.user.findUnique({ where: { id } });
  return user && toUser(user);
}

type Row = Pick<User, 'id' | 'email' | 'name' | 'sessionEpoch' | 'locale'> & {
  staffRole: string | null;
  emailVerifiedAt: Date | null;
};

function toUser({ id, email, name, sessionEpoch, locale, ...row }: Row): User {
  return {
    id,
    email,
    name,
    sessionEpoch,
    locale,
    staffRole: staffRole(row.staffRole),
    isVerified: row.emailVerifiedAt !== null,
  };
}
