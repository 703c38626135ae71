import { SUBSCRIPTION_STATUSES, type SubscriptionStatus } from '@footfall/core/billing/entitlement';
import { Stripe } from 'stripe';
import { billingFailure } from '../errors.ts';
import type { BillingGateway, ProviderCheckout, ProviderEvent, ProviderSubscription } from '../gateway.ts';
import { ask, connect, failure, idIn, millis, type StripeOptions } from './connection.ts';

/** How old a signed event may be, seconds: what Stripe's own libraries take. */
const TOLERANCE_S = 300;
/** A customer has one subscription, a few at worst. */
const MOST = 100;

const knownStatus = (text: string): SubscriptionStatus =>
  SUBSCRIPTION_STATUSES.find((status) => status === text) ?? 'unknown';

/** When it ends: by a date of its own, or with what was paid for. */
function findEnd({ cancel_at: at, cancel_at_period_end: atEnd, items }: Stripe.Subscription): number | null {
  if (at !== null) return millis(at);
  const ends = items.data.map((item) => item.current_period_end);
  return atEnd && ends.length > 0 ? millis(Math.min(...ends)) : null;
}

function wasPaid({ latest_invoice: invoice }: Stripe.Subscription): boolean {
  return invoice !== null && typeof invoice !== 'string' && invoice.status === 'paid';
}

function readSubscription(subscription: Stripe.Subscription): ProviderSubscription {
  // What is counted (a meter) has a price of its own beside that of the plan.
  const price = subscription.items.data
    .map((item) => item.price)
    .find(({ recurring }) => recurring?.usage_type !== 'metered');
  return {
    id: subscription.id,
    customerId: idIn(subscription.customer) ?? '',
    status: knownStatus(subscription.status),
    priceId: price?.id ?? '',
    planName: price?.metadata?.plan ?? subscription.metadata.plan ?? null,
    createdAt: millis(subscription.created),
    anchor: millis(subscription.billing_cycle_anchor),
    endsAt: findEnd(subscription),
    // In a trial nothing was to be paid.
    wasPaid: wasPaid(subscription) || subscription.status === 'active' || subscription.status === 'trialing',
  };
}

const CHECKOUT_STATES = ['open', 'complete', 'expired'] as const;

function readCheckout({
  id,
  customer,
  status,
  url,
  subscription,
}: Stripe.Checkout.Session): ProviderCheckout {
  // A word that Stripe has added since is not one where somebody can pay.
  const state = CHECKOUT_STATES.find((known) => known === status) ?? 'expired';
  return { id, customerId: idIn(customer), state, url, subscriptionId: idIn(subscription) };
}

function readEvent({ id, type, data }: Stripe.Event): ProviderEvent {
  const object = data.object as { object: string; id: string; customer?: string | { id: string } | null };
  return { id, type, customerId: object.object === 'customer' ? object.id : idIn(object.customer) };
}

/** The pages of Stripe where people pay. */
function checkouts(
  stripe: Stripe,
): Pick<
  BillingGateway,
  'listOpenCheckouts' | 'expireCheckout' | 'createCheckout' | 'readCheckout' | 'openPortal'
> {
  return {
    listOpenCheckouts: (customer) =>
      ask(async () => {
        const { data } = await stripe.checkout.sessions.list({ customer, status: 'open', limit: 100 });
        return data.map(readCheckout);
      }),
    expireCheckout: async (id) => {
      try {
        await stripe.checkout.sessions.expire(id);
      } catch (error) {
        // It is complete, or has expired: what was wanted, or what the next look finds.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return;
        throw failure(error);
      }
    },
    createCheckout: ({ customerId, tenantId, priceId, locale, successUrl, cancelUrl }, key) =>
      ask(async () => {
        const metadata = { tenant_id: tenantId };
        const made = await stripe.checkout.sessions.create(
          {
            mode: 'subscription',
            customer: customerId,
            client_reference_id: tenantId,
            line_items: [{ price: priceId, quantity: 1 }],
            success_url: successUrl,
            cancel_url: cancelUrl,
            locale: locale === 'de' ? 'de' : 'en',
            metadata,
            subscription_data: { metadata },
            customer_update: { name: 'auto', address: 'auto' },
            tax_id_collection: { enabled: true },
            allow_promotion_codes: true,
          },
          { idempotencyKey: `checkout:${key}` },
        );
        return readCheckout(made);
      }),
    readCheckout: (id) => ask(async () => readCheckout(await stripe.checkout.sessions.retrieve(id))),
    openPortal: (customer, returnUrl) =>
      ask(async () => {
        const { url } = await stripe.billingPortal.sessions.create({ customer, return_url: returnUrl });
        return { url };
      }),
  };
}

/** Stripe says no, since it is done already. */
const isDone = (error: unknown, code: string) =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === code;

/**
 * Pays back, then ends: whoever dies in between finds it still there, and does it again. Keys are forgotten after a day, so what was done
 * before is taken as done.
 */
async function undo(stripe: Stripe, id: string, since: number): Promise<void> {
  const list = stripe.invoices.list({
    subscription: id,
    status: 'paid',
    created: { gte: Math.floor(since / 1_000) },
    limit: 100,
    expand: ['data.payments'],
  });
  const invoices = await list.autoPagingToArray({ limit: MOST });
  for (const { payment } of invoices.flatMap(({ payments }) => payments?.data ?? [])) {
    const intent = idIn(payment.payment_intent);
    if (intent === null) continue;
    const asked = { payment_intent: intent, reason: 'duplicate' } as const;
    await stripe.refunds.create(asked, { idempotencyKey: `refund:${intent}` }).catch((error: unknown) => {
      if (!isDone(error, 'charge_already_refunded')) throw error;
    });
  }
  await stripe.subscriptions.cancel(id, {}, { idempotencyKey: `undo:${id}` }).catch((error: unknown) => {
    if (!isDone(error, 'resource_missing')) throw error;
  });
}

/** Payments by Stripe. */
export function stripeGateway(options: StripeOptions): BillingGateway {
  const stripe = connect(options);
  return {
    ...checkouts(stripe),
    createCustomer: ({ tenantId, name, email }) =>
      ask(async () => {
        // The key takes the same parameters alone: another admin who goes on after a crash has another address.
        const metadata = { tenant_id: tenantId };
        const { id } = await stripe.customers.create(
          { metadata },
          { idempotencyKey: `customer:${tenantId}` },
        );
        await stripe.customers.update(id, { name, email });
        return { customerId: id };
      }),
    listSubscriptions: (customer) =>
      ask(async () => {
        const expand = ['data.latest_invoice'];
        const list = stripe.subscriptions.list({ customer, status: 'all', limit: 100, expand });
        return (await list.autoPagingToArray({ limit: MOST })).map(readSubscription);
      }),
    undoSubscription: (id, since) => ask(() => undo(stripe, id, since)),
    verifyEvent: (body, signature) => {
      const { webhookSecret } = options;
      if (webhookSecret === null)
        throw billingFailure('webhooks_off', 'STRIPE_WEBHOOK_SECRET is not set, so no event is believed');
      try {
        return readEvent(stripe.webhooks.constructEvent(body, signature, webhookSecret, TOLERANCE_S));
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError)
          throw billingFailure('invalid_signature', 'the signature does not fit the body', { cause: error });
        throw billingFailure('invalid_signature', 'the body is not an event', { cause: error });
      }
    },
  };
}
