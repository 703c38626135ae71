import { failures } from '@footfall/core/failure';

/** What a merchant is told about money, beside what packages/billing says. */
export const moneyFailure = failures({
  payment_away: { status: 424, retriable: true },
  payment_refused: { status: 409, retriable: false },
  payments_off: { status: 409, retriable: false },
  trial_used: { status: 409, retriable: false },
  no_trial: { status: 409, retriable: false },
});
