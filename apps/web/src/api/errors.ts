import { failures } from '@footfall/core/failure';
import type { LockedState } from '#access/lock.ts';

/** What a request to the API can get wrong before its query is read. */
export const API_FAILURES = {
  unauthorized: { status: 401, retriable: false },
  payment_required: { status: 402, retriable: false },
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

const WHY: Readonly<Record<LockedState, string>> = {
  restricted: 'the reports of this team are locked until its plan is paid; an owner sees why at /billing',
  closed: 'this team is being deleted, and its reports are locked',
  suspended: 'this team was suspended by the platform, and its reports are locked; ask its support',
};
const STILL: Readonly<Record<LockedState, string>> = {
  restricted: 'counted all the same',
  closed: 'not taken',
  suspended: 'not taken',
};

/** Reports are locked for a tenant in a state: what it may do about it. */
export const reportsLocked = (state: LockedState) =>
  apiFailure('payment_required', `${WHY[state]}; its events are ${STILL[state]}`);
