import { failures } from '@footfall/core/failure';

/** What can be wrong with an embed token, and with what is asked by it. */
export const EMBED_FAILURES = {
  token_missing: { status: 401, retriable: false },
  token_malformed: { status: 401, retriable: false },
  token_algorithm: { status: 401, retriable: false },
  token_type: { status: 401, retriable: false },
  token_key_unknown: { status: 401, retriable: false },
  token_signature: { status: 401, retriable: false },
  token_audience: { status: 401, retriable: false },
  token_expired: { status: 401, retriable: false },
  token_not_yet_valid: { status: 401, retriable: false },
  token_too_long_lived: { status: 401, retriable: false },
  token_claims: { status: 401, retriable: false },
  site_not_in_token: { status: 403, retriable: false },
  report_not_in_token: { status: 403, retriable: false },
  report_not_allowed: { status: 403, retriable: false },
} as const;

export const embedFailure = failures(EMBED_FAILURES);
