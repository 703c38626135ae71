import { failures } from '@footfall/core/failure';

/** What can go wrong with money. */
export const billingFailure = failures({
  provider_unavailable: { status: 503, retriable: true },
  provider_refused: { status: 409, retriable: false },
  invalid_signature: { status: 400, retriable: false },
  webhooks_off: { status: 503, retriable: true, remedy: 'set STRIPE_WEBHOOK_SECRET' },
  already_subscribed: { status: 409, retriable: false },
  no_customer: { status: 409, retriable: false },
  unknown_checkout: { status: 404, retriable: false },
  payment_declined: { status: 402, retriable: false },
  payment_due: { status: 409, retriable: false },
  not_subscribed: { status: 409, retriable: false },
  same_plan: { status: 409, retriable: false },
  other_currency: { status: 409, retriable: false },
  subscription_ends: { status: 409, retriable: false },
  amount_changed: { status: 409, retriable: false },
  unknown_price: { status: 404, retriable: false },
});
