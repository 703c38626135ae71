import { failures } from '@footfall/core/failure';

/** What can be wrong with a request to the control plane; messages are shown to merchants and operators as they are. */
export const controlFailure = failures({
  invalid_name: { status: 400, retriable: false },
  invalid_email: { status: 400, retriable: false },
  weak_password: { status: 400, retriable: false },
  common_password: { status: 400, retriable: false },
  too_many: { status: 409, retriable: false },
  email_taken: { status: 409, retriable: false },
  invalid_domain: { status: 400, retriable: false },
  invalid_timezone: { status: 400, retriable: false },
  unknown_currency: { status: 400, retriable: false },
  domain_taken: { status: 409, retriable: false },
  invalid_goal: { status: 400, retriable: false },
  too_many_wildcards: { status: 400, retriable: false },
  goal_name_taken: { status: 409, retriable: false },
  invalid_rule: { status: 400, retriable: false },
  too_many_rules: { status: 400, retriable: false },
  too_complex_rules: { status: 400, retriable: false },
  invalid_plan: { status: 400, retriable: false },
  unknown_plan: { status: 404, retriable: false },
  invalid_rate: { status: 400, retriable: false },
  unknown_site: { status: 404, retriable: false },
  ambiguous_site: { status: 409, retriable: false },
  unknown_tenant: { status: 404, retriable: false },
  unknown_scope: { status: 400, retriable: false },
  not_a_copy: { status: 409, retriable: false, remedy: 'copy to an empty database' },
});
