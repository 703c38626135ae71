import { failures } from '@footfall/core/failure';

/** Why somebody could not sign in. Neither says whether there is such an account. */
export const authFailure = failures({
  wrong_credentials: { status: 401, retriable: false },
  too_many_attempts: { status: 429, retriable: true },
});
