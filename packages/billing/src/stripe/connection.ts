import { Stripe } from 'stripe';
import { billingFailure } from '../errors.ts';

/** Where and as whom Stripe is asked. */
export type StripeOptions = {
  secretKey: string;
  /** Null: no event is believed. */
  webhookSecret: string | null;
  /** Whether Stripe works taxes out (Stripe Tax). */
  tax?: boolean | undefined;
  /** Another address than Stripe's own, such as a stand-in of tests. */
  apiBase?: string | undefined;
};

/** Longest wait for one answer, milliseconds; a request that got none is sent again twice, under the same key. */
const TIMEOUT_MS = 15_000;
const RETRIES = 2;

/** What a page waits for is asked once, for five seconds: it says so where Stripe does not answer. */
export const FOR_A_PAGE = { timeout: 5_000, maxNetworkRetries: 0 } as const;

/** Epoch milliseconds of Stripe's seconds. */
export const millis = (seconds: number): number => seconds * 1_000;

/** The id of what is given as an id, or whole. */
export const idIn = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

/** The client of Stripe. */
export function connect({ secretKey, apiBase }: StripeOptions): Stripe {
  const options = { timeout: TIMEOUT_MS, maxNetworkRetries: RETRIES, telemetry: false } as const;
  if (apiBase === undefined) return new Stripe(secretKey, options);
  const { protocol, hostname, port } = new URL(apiBase);
  const scheme = protocol === 'http:' ? 'http' : 'https';
  return new Stripe(secretKey, {
    ...options,
    protocol: scheme,
    host: hostname,
    port: port === '' ? (scheme === 'http' ? 80 : 443) : port,
  });
}

/** What Stripe said, as a failure of ours: it has no secret and no card in it. */
export function failure(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error;
  if (error instanceof Stripe.errors.StripeCardError)
    return billingFailure('payment_declined', `Stripe: ${error.message}`, { cause: error });
  const isAway =
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeRateLimitError ||
    (error.statusCode ?? 0) >= 500;
  const said = `Stripe: ${error.message}`;
  return isAway
    ? billingFailure('provider_unavailable', said, { cause: error })
    : billingFailure('provider_refused', said, { cause: error });
}

/**
 * Asks Stripe.
 * @throws Failure `provider_unavailable`, `provider_refused`
 */
export async function ask<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw failure(error);
  }
}
