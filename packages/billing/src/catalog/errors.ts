import { failures } from '@footfall/core/failure';

/** Why something that a billing admin wants is not done. */
export const catalogFailure = failures({
  invalid_draft: { status: 400, retriable: false },
  plan_taken: { status: 409, retriable: false },
  draft_there: { status: 409, retriable: false },
  no_such_plan: { status: 404, retriable: false },
  plan_changed: { status: 409, retriable: false },
  invalid_override: { status: 400, retriable: false },
  invalid_until: { status: 400, retriable: false },
  no_such_tenant: { status: 404, retriable: false },
  needs_payment: { status: 409, retriable: false },
  invalid_coupon: { status: 400, retriable: false },
  invalid_credit: { status: 400, retriable: false },
  billing_off: { status: 409, retriable: false },
  stripe_away: { status: 409, retriable: true },
  stripe_refused: { status: 409, retriable: false },
});
