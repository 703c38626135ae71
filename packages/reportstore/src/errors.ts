import { failures } from '@footfall/core/failure';

export const reportStoreFailure = failures({
  unknown_report_store: {
    status: 500,
    retriable: false,
    remedy: 'REPORT_STORE_URL begins with postgres://, or with http:// or https:// of Elasticsearch',
  },
  report_store_unavailable: { status: 503, retriable: true, remedy: 'try again in a moment' },
  // Retriable: what waits goes on by itself once somebody has done it.
  report_store_unprepared: {
    status: 503,
    retriable: true,
    remedy: 'npm run admin cluster init makes what is missing',
  },
  report_store_newer: {
    status: 500,
    retriable: false,
    remedy: 'run the version of Footfall that prepared the report store, or a later one',
  },
  // Of one visitor on one day, which `where` names: all others of the same call are written.
  visitor_day_refused: { status: 500, retriable: false },
  query_timeout: {
    status: 503,
    retriable: true,
    remedy: 'ask for fewer days or dimensions, or try again later',
  },
  filter_too_complex: {
    status: 400,
    retriable: false,
    remedy:
      'use fewer has_done and has_not_done beside other conditions in one filter, and smaller regular expressions',
  },
  too_many_questions: { status: 429, retriable: true, remedy: 'ask fewer questions at a time' },
  too_many_rows: {
    status: 400,
    retriable: false,
    remedy: 'ask for fewer days or dimensions, or filter',
  },
  // The planner never asks these: whoever reads this has found a bug.
  unanswerable: { status: 500, retriable: false },
});
