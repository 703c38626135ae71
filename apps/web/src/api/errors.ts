import { failures } from '@footfall/core/failure';

/** What a request to the API can get wrong before its query is read. */
export const API_FAILURES = {
  unauthorized: { status: 401, retriable: false },
  forbidden: { status: 403, retriable: false },
  wrong_origin: { status: 403, retriable: false },
  unknown_site: { status: 404, retriable: false },
  unknown_goal: { status: 404, retriable: false },
  unknown_funnel: { status: 404, retriable: false },
  unknown_segment: { status: 404, retriable: false },
  not_found: { status: 404, retriable: false },
  method_not_allowed: { status: 405, retriable: false },
  invalid_json: { status: 400, retriable: false },
  invalid_site_id: { status: 400, retriable: false },
  invalid_parameter: { status: 400, retriable: false },
  body_too_large: { status: 413, retriable: false },
  rate_limited: { status: 429, retriable: true },
} as const;

export const apiFailure = failures(API_FAILURES);
