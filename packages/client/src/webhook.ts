/** How old a delivery may be, seconds: whoever has recorded one cannot play it back later. */
const TOLERANCE_SECONDS = 300;

export type WebhookToVerify = {
  /** The body as it came, before anything read it. */
  body: string;
  /** The header `Footfall-Signature`. */
  signature: string | null | undefined;
  /** What was shown when the webhook was made. */
  secret: string;
  /** Seconds; 300 unless said. */
  tolerance?: number;
  /** Epoch milliseconds; now unless said. */
  now?: number;
};

const toBytes = (text: string) => new TextEncoder().encode(text);
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/** Whether a delivery of a webhook is from the portal that has its secret, and not an old one that somebody plays back. */
export async function verifyWebhook({
  body,
  signature,
  secret,
  tolerance = TOLERANCE_SECONDS,
  now = Date.now(),
}: WebhookToVerify): Promise<boolean> {
  const parts = (signature ?? '').split(',').map((part) => part.split('=', 2));
  const [, seconds = ''] = parts.find(([name]) => name === 't') ?? [];
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(now / 1_000 - Number(seconds)) > tolerance) return false;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', toBytes(secret), algorithm, false, ['verify']);
  const signed = toBytes(`${seconds}.${body}`);
  // While a secret is exchanged there are two signatures.
  for (const [name, hex = ''] of parts)
    if (
      name === 'v1' &&
      /^[0-9a-f]{64}$/.test(hex) &&
      (await crypto.subtle.verify('HMAC', key, fromHex(hex), signed))
    )
      return true;
  return false;
}
