/** What a price comes to a month, in the smallest unit: a twelfth of a yearly one, rounded half up. */
export const monthlyAmount = (amount: number, interval: 'month' | 'year'): number =>
  interval === 'month' ? amount : Math.round(amount / 12);

/** Statuses of subscriptions that count as recurring revenue: paid, or being collected. A trial is none yet, and what is unpaid none any more. */
export const COUNTED_STATUSES = ['active', 'past_due'] as const;

/** What was kept of a month in one currency. */
export type RevenueMonth = {
  /** `2026-12`. */
  month: string;
  /** What all payers of the currency pay a month, in its smallest unit. */
  mrr: number;
  payers: number;
  /** Of the payers of the month before: how many there were, and how many pay nothing in this currency any more. */
  payersBefore: number;
  lost: number;
};

/** The figures of a month; null where they would be divided by nothing. */
export type RevenueFigures = RevenueMonth & {
  /** What a payer pays on average, in the smallest unit. */
  arpu: number | null;
  /** The share of the payers of the month before who are lost, 0 to 1. */
  churn: number | null;
};

/** The figures of a month, from what was kept of it. */
export function revenueFigures(month: RevenueMonth): RevenueFigures {
  const { mrr, payers, payersBefore, lost } = month;
  return {
    ...month,
    arpu: payers === 0 ? null : Math.round(mrr / payers),
    churn: payersBefore === 0 ? null : lost / payersBefore,
  };
}

/** Trials that ended in a month: whoever pays since, and whoever does not. */
export type TrialMonth = { month: string; kept: number; lost: number };

/** The share of trials that became paid, 0 to 1; null where none has ended. */
export const trialConversion = ({ kept, lost }: Pick<TrialMonth, 'kept' | 'lost'>): number | null =>
  kept + lost === 0 ? null : kept / (kept + lost);
