import type { Stripe } from 'stripe';
import type { ProviderEvent } from '../gateway.ts';

/** Stripe could not use events that a meter was told: it says so in an event of its newer kind, which says what happened and not to whom. */
export const METER_ERRORS = 'v1.billing.meter.error_report_triggered';

/** Whether a body is an event of the newer kind, before anything of it is believed. */
const isThin = (body: Buffer): boolean => {
  try {
    return (JSON.parse(body.toString()) as { object?: unknown }).object === 'v2.core.event';
  } catch {
    return false;
  }
};

/** An event of Stripe's newer kind; null: it is of the other one. Throws what Stripe's client throws when the signature does not fit. */
export function readThinEvent(
  stripe: Stripe,
  {
    body,
    signature,
    secret,
    toleranceS,
  }: { body: Buffer; signature: string; secret: string; toleranceS: number },
): ProviderEvent | null {
  if (!isThin(body)) return null;
  const { id, type } = stripe.parseEventNotification(body, signature, secret, toleranceS);
  return { id, type, customerId: null };
}
