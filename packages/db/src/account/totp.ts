import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with what every authenticator app takes: SHA-1, six digits, a new code each half minute. */
const TOTP_RULES = { issuer: 'Footfall', algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** 160 bits, as RFC 4226 advises. */
const SECRET_BYTES = 20;

/** Codes of the step before and after are right as well: clocks differ, and typing takes time. */
const STEPS_AROUND = 1;

const CODE = /^\d{6}$/;

/** A new secret, in base 32 as authenticator apps take it. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const openTotp = (secret: string, label = '') =>
  new TOTP({ ...TOTP_RULES, label, secret: Secret.fromBase32(secret) });

/** What an authenticator app reads from the picture: `otpauth://totp/…`. `email` tells accounts in the app apart. */
export const totpUri = (secret: string, email: string): string => openTotp(secret, email).toString();

/** A text as the code that it may be: without blanks, which apps show in the middle; null when it can be none. */
export function readTotpCode(text: string): string | null {
  const code = text.replace(/\s/g, '');
  return CODE.test(code) ? code : null;
}

/** The step that a code belongs to at a time (epoch milliseconds); null when it is wrong then. */
export function matchStep(secret: string, code: string, timestamp: number): number | null {
  const totp = openTotp(secret);
  const delta = totp.validate({ token: code, timestamp, window: STEPS_AROUND });
  return delta === null ? null : totp.counter({ timestamp }) + delta;
}
