import { failures } from '@footfall/core/failure';

/** What can go wrong with money. */
export const billingFailure = failures({
  provider_unavailable: { status: 503, retriable: true },
  provider_refused: { status: 409, retriable: false },
  invalid_signature: { status: 400, retriable: false },
  webhooks_off: { status: 503, retriable: true, remedy: 'set STRIPE_WEBHOOK_SECRET' },
  already_subscribed: { status: 409, retriable: false },
  no_customer: { status: 409, retriable: false },
  unknown_price: { status: 404, retriable: false },
});
