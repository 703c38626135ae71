import { failures } from '@footfall/core/failure';

/** Why a request is refused as a whole; events are refused one by one, with the reasons of core/rejection.ts. */
export const collectorFailure = failures({
  invalid_json: { status: 400, retriable: false },
  invalid_body: { status: 400, retriable: false },
  invalid_query: { status: 400, retriable: false },
  unauthorized: { status: 401, retriable: false },
  forbidden: { status: 403, retriable: false },
  origin_not_allowed: { status: 403, retriable: false },
  unknown_site: { status: 404, retriable: false },
  not_found: { status: 404, retriable: false },
  method_not_allowed: { status: 405, retriable: false },
  /** The body comes too slowly. */
  too_slow: { status: 408, retriable: true },
  too_large: { status: 413, retriable: false },
  unsupported_encoding: { status: 415, retriable: false },
  unsupported_charset: { status: 415, retriable: false },
  rate_limited: { status: 429, retriable: true },
  /** Nobody hears it; the status is for metrics, as nginx counts it. */
  aborted: { status: 499, retriable: true },
  internal: { status: 500, retriable: true },
  unavailable: { status: 503, retriable: true },
  overloaded: { status: 503, retriable: true },
});
