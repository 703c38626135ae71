import { authFailure } from '#auth/errors.ts';

/** How long a proof of who somebody is holds, milliseconds. */
const FRESH_MS = 10 * 60 * 1000;

type Proven = { provenAt: number };

/** Whether whoever this session belongs to has proved lately who they are: by signing in, or by their password, a passkey or a mail since. */
export const isFreshlyProven = ({ provenAt }: Proven, now = Date.now()): boolean => now - provenAt < FRESH_MS;

/**
 * Lets through whoever has proved lately who they are.
 * @throws Failure `proof_needed`
 */
export function requireFreshProof(session: Proven, now = Date.now()): void {
  if (!isFreshlyProven(session, now))
    throw authFailure('proof_needed', 'it is some time since you signed in. Confirm that it is you first');
}
