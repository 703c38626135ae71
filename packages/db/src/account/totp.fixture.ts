import { Secret, TOTP } from 'otpauth';

/** The code that an authenticator app shows for a secret at a time (epoch milliseconds). */
export const codeAt = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
