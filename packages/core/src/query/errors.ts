import { failures } from '../failure.ts';

/** What can be wrong with a query; all of it is the asker's to mend, so all of it is a 400. */
export const QUERY_FAILURES = {
  invalid_query: { status: 400, retriable: false },
  unknown_field: { status: 400, retriable: false },
  invalid_metrics: { status: 400, retriable: false },
  invalid_date_range: { status: 400, retriable: false },
  invalid_dimensions: { status: 400, retriable: false },
  invalid_filter: { status: 400, retriable: false },
  invalid_order_by: { status: 400, retriable: false },
  invalid_include: { status: 400, retriable: false },
  invalid_pagination: { status: 400, retriable: false },
  invalid_steps: { status: 400, retriable: false },
  invalid_period: { status: 400, retriable: false },
  invalid_page: { status: 400, retriable: false },
  too_many_buckets: { status: 400, retriable: false },
} as const;

export const queryFailure = failures(QUERY_FAILURES);
