import { failures } from '@footfall/core/failure';

export const eventLogFailure = failures({
  unknown_log: {
    status: 500,
    retriable: false,
    remedy: 'EVENT_LOG_URL begins with postgres:// (one machine) or kafka:// (many)',
  },
  bad_url: {
    status: 500,
    retriable: false,
    remedy: 'correct EVENT_LOG_URL; docs/scaling.md has its options',
  },
  log_unavailable: { status: 503, retriable: true, remedy: 'send the same events again later' },
  log_overloaded: { status: 503, retriable: true, remedy: 'send the same events again later' },
  invalid_record: { status: 500, retriable: false, remedy: 'a value is JSON text without line breaks' },
  lease_lost: { status: 500, retriable: true },
  standstill: {
    status: 503,
    retriable: true,
    remedy: 'the log of the service says what its batches fail of',
  },
  records_gone: {
    status: 500,
    retriable: false,
    remedy: 'find out who deletes from the log what nobody has handled: its retention, or a tool',
  },
  unreadable_batch: {
    status: 500,
    retriable: false,
    remedy: 'find out what else writes to the topics of this installation, or what has damaged them',
  },
});
