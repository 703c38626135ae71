import type { RejectionReason } from './rejection.ts';

/**
 * What became of a received event. Every event has one of `stored`, `duplicate` and `rejected:<reason>`; a stored one
 * of a bot counts as `bot` besides, and one that an operator or a merchant has taken out again as `removed` besides.
 */
export type Outcome = 'stored' | 'bot' | 'removed' | 'duplicate' | `rejected:${RejectionReason}`;

/** The public ledger of a site: `received = stored + duplicate + sum(rejected) + pending` at every moment. */
export type Ledger = {
  received: number;
  stored: number;
  duplicate: number;
  rejected: Partial<Record<RejectionReason, number>>;
  pending: number;
  /** Part of `stored`. */
  bots: number;
  /** Part of `stored`: it was, until somebody took it out; absent: nothing was. */
  removed?: number;
};

const REJECTED = 'rejected:';

/** The ledger from the counts per outcome and the events still in the log. */
export function buildLedger(counts: ReadonlyMap<string, number>, pending: number): Ledger {
  const stored = counts.get('stored') ?? 0;
  const duplicate = counts.get('duplicate') ?? 0;
  const reasons = [...counts].filter(([outcome, count]) => outcome.startsWith(REJECTED) && count > 0);
  const rejected = Object.fromEntries(
    reasons.map(([outcome, count]) => [outcome.slice(REJECTED.length), count]),
  );
  const received = stored + duplicate + pending + reasons.reduce((sum, [, count]) => sum + count, 0);
  const removed = counts.get('removed') ?? 0;
  const ledger = { received, stored, duplicate, rejected, pending, bots: counts.get('bot') ?? 0 };
  return removed === 0 ? ledger : { ...ledger, removed };
}
