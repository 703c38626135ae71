/**
 * Why an event was not taken: the closed list of the public contract, with what a sender reads.
 * Validation, the ledger, metrics and docs are all made from this table.
 */
export const REJECTIONS = {
  invalid_json: 'the event is not valid JSON',
  invalid_event: 'the event is not an object of the documented shape',
  unknown_site: 'no site has this key',
  site_disabled: 'the site is switched off',
  origin_not_allowed: 'the site does not accept events from this origin',
  invalid_url: 'url must be an absolute http or https address',
  invalid_name: 'name must have 1 to 120 characters',
  invalid_timestamp: 'the time must be epoch milliseconds or ISO 8601',
  too_old: 'the event is older than the site accepts',
  in_future: 'the event lies more than one hour ahead',
  visitor_required: 'an event older than 48 hours needs a visitor, since the salts of that day are gone',
  too_many_props: 'at most 30 props an event',
  prop_too_long: 'a prop name has at most 300 and a value at most 2,000 characters',
  invalid_revenue: 'amounts are decimal strings such as "12.34"',
  unknown_currency: 'currency must be an ISO 4217 code',
  over_quota: 'the plan of this site is used up',
  rate_limited: 'too many events at once',
  blocked_ip: 'the site excludes this address',
  blocked_page: 'the site excludes this page',
  excluded_hostname: 'the site excludes this hostname',
} as const;

export type RejectionReason = keyof typeof REJECTIONS;

export const REJECTION_REASONS = Object.keys(REJECTIONS) as RejectionReason[];
