import { failures } from '@footfall/core/failure';

export const reportStoreFailure = failures({
  unknown_report_store: {
    status: 500,
    retriable: false,
    remedy: 'REPORT_STORE_URL begins with postgres://',
  },
  report_store_unavailable: { status: 503, retriable: true, remedy: 'try again in a moment' },
  query_timeout: {
    status: 503,
    retriable: true,
    remedy: 'ask for fewer days or dimensions, or try again later',
  },
  // The planner never asks these: whoever reads this has found a bug.
  unanswerable: { status: 500, retriable: false },
});
