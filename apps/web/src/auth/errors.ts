import { type Failure, failures } from '@footfall/core/failure';

/** Why somebody could not sign in or up, or prove again who they are. None says whether there is such an account. */
export const authFailure = failures({
  wrong_credentials: { status: 401, retriable: false },
  wrong_password: { status: 401, retriable: false },
  wrong_code: { status: 401, retriable: false },
  passkey_refused: { status: 401, retriable: false },
  no_passkeys_here: { status: 409, retriable: false },
  second_factor_there: { status: 409, retriable: false },
  no_second_factor: { status: 409, retriable: false },
  unconfirmed_email: { status: 400, retriable: false },
  proof_needed: { status: 403, retriable: false },
  too_many_attempts: { status: 429, retriable: true },
  too_busy: { status: 429, retriable: true },
  other_browser: { status: 403, retriable: false },
  link_expired: { status: 410, retriable: false },
  provider_unavailable: { status: 424, retriable: true },
  provider_flow_over: { status: 400, retriable: true },
  provider_denied: { status: 403, retriable: false },
  provider_refused: { status: 400, retriable: true },
  provider_unverified: { status: 403, retriable: false },
  provider_link_first: { status: 409, retriable: false },
  provider_other_account: { status: 403, retriable: false },
  invalid_issuer: { status: 400, retriable: false },
  no_sign_on: { status: 404, retriable: false },
  sign_on_domain: { status: 403, retriable: false },
  sign_on_removed: { status: 403, retriable: false },
  sign_on_confirm_first: { status: 409, retriable: false },
  team_session: { status: 403, retriable: false },
  sign_up_refused: { status: 409, retriable: false },
  sign_up_invited: { status: 403, retriable: false },
  sign_up_closed: { status: 403, retriable: false },
});

/** `seconds` until the next attempt. */
export function tooManyAttempts(seconds: number): Failure {
  const minutes = seconds < 60 ? 0 : Math.ceil(seconds / 60);
  const wait = minutes === 0 ? `${seconds} s` : `${minutes} min`;
  return authFailure('too_many_attempts', `too many attempts. Try again in ${wait}`, {
    values: { minutes, seconds },
    retryAfter: seconds,
  });
}
