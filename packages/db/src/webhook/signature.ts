import { createHmac } from 'node:crypto';

/** The header that a delivery is signed in, as Stripe signs. */
export const SIGNATURE_HEADER = 'footfall-signature';

const sign = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

/** `t=…,v1=…` of a body by each secret that is valid: HMAC-SHA256 of `t.body`, hexadecimal; `seconds` since 1970. */
export function webhookSignature(body: string, secrets: readonly string[], seconds: number): string {
  return [`t=${seconds}`, ...secrets.map((secret) => `v1=${sign(secret, `${seconds}.${body}`)}`)].join(',');
}
