import { failures } from '@footfall/core/failure';

export const eventLogFailure = failures({
  unknown_log: { status: 500, retriable: false, remedy: 'EVENT_LOG_URL begins with postgres://' },
  log_unavailable: { status: 503, retriable: true, remedy: 'send the same events again later' },
  log_overloaded: { status: 503, retriable: true, remedy: 'send the same events again later' },
  invalid_record: { status: 500, retriable: false, remedy: 'a value is JSON text without line breaks' },
  lease_lost: { status: 500, retriable: true },
});
