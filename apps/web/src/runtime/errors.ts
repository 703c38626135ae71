import { failures } from '@footfall/core/failure';

/** What can be wrong with a request before a page or a route sees it. */
export const requestFailure = failures({
  method_not_allowed: { status: 405, retriable: false },
  foreign_origin: { status: 403, retriable: false },
  body_too_large: { status: 413, retriable: false },
  body_too_slow: { status: 408, retriable: true },
  body_broken_off: { status: 400, retriable: true },
  unsupported_encoding: { status: 415, retriable: false },
  invalid_body: { status: 400, retriable: false },
  too_many_bodies: { status: 503, retriable: true },
  too_many_of_network: { status: 429, retriable: true },
  too_many_requests: { status: 503, retriable: true },
});
