import { ADD, ALL, CHANGE, type Grants, KEEP, READ, REMOVE } from '@footfall/postgres/grants';

/**
 * What services may do with the tables of the control plane. The portal sees the rows of one tenant at a time (see tenant/scope.ts);
 * what it looks up across tenants are the functions here. Nobody but the collector reads salts.
 */
export const GRANTS: Grants = {
  tables: {
    'public.user': { web: KEEP, admin: ALL },
    'public.session': { web: ALL, admin: ALL },
    'public.rate_limit': { web: ALL, admin: ALL },
    'public.tenant': { collector: READ, web: KEEP, admin: ALL },
    'public.membership': { web: ALL, admin: ALL },
    'public.site': {
      collector: READ,
      processor: READ,
      aggregator: CHANGE,
      scheduler: READ,
      web: KEEP,
      admin: ALL,
    },
    'public.retired_generation': { aggregator: ALL, scheduler: REMOVE, web: ADD, admin: ALL },
    'public.deleted_site': { processor: READ, admin: ALL },
    'public.deferred_fold': { aggregator: ALL, web: READ, admin: ALL },
    'public.seal_use': { aggregator: ALL, web: READ, admin: ALL },
    'public.domain_proof': { collector: ADD, scheduler: KEEP, web: KEEP, admin: ALL },
    'public.event_removal': { aggregator: CHANGE, web: ALL, admin: ALL },
    'public.removal_portion': { aggregator: ALL, web: READ, admin: ALL },
    'public.report_limit': { aggregator: ALL, scheduler: REMOVE, web: READ, admin: ALL },
    'public.goal': { web: ALL, admin: ALL },
    'public.exchange_rate': { web: READ, admin: ALL },
    'public.plan': { collector: READ, web: READ, admin: ALL },
    'public.api_key': { collector: READ, web: KEEP, admin: ALL },
    'public.salt': { collector: ADD, aggregator: REMOVE, scheduler: REMOVE, admin: ALL },
    'public.visitor_key': { collector: READ, admin: ALL },
    'public.ledger_day': {
      collector: READ,
      processor: KEEP,
      aggregator: KEEP,
      scheduler: REMOVE,
      web: READ,
      admin: ALL,
    },
    'public.ledger_position': { processor: KEEP, web: READ, admin: ALL },
    'public.spool': { collector: ALL, web: READ, admin: ALL },
    'public.spool_backlog': { collector: ALL, web: READ, admin: ALL },
    'public.usage_month': { collector: KEEP, processor: KEEP, aggregator: CHANGE, web: READ, admin: ALL },
    'public.audit_entry': { web: ADD, scheduler: REMOVE, admin: ALL },
    'public.import': { scheduler: REMOVE, web: READ, admin: ALL },
    'public.imported_total': { scheduler: REMOVE, web: READ, admin: ALL },
  },
  functions: {
    'public.memberships_of_user(text)': ['web', 'admin'],
    'public.api_key_of_hash(bytea)': ['web', 'admin'],
    'public.is_site(text, text)': ['web', 'admin'],
    'public.domain_standing(text)': ['web', 'admin'],
  },
  everyTenant: ['collector', 'processor', 'aggregator', 'scheduler', 'admin'],
};
