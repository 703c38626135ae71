/** A price as a change compares it: `amount` in the smallest unit of the currency. */
export type ComparedPrice = {
  plan: string;
  interval: 'month' | 'year';
  amount: number;
  currency: string;
};

/** `now`: at once, and what it costs more is paid at once. `at_end`: when what was paid for is used up. */
export type ChangeTime = 'now' | 'at_end';

const MONTHS = { month: 1, year: 12 } as const;

/**
 * When a change of price takes place: nobody pays for what they do not have, nor loses what they have paid for. The same plan by the year
 * begins at once, by the month when the year is over; another plan at once where it costs more a month.
 */
export function changeTime(from: ComparedPrice, to: ComparedPrice): ChangeTime {
  if (from.plan === to.plan) return from.interval === 'month' && to.interval === 'year' ? 'now' : 'at_end';
  // Compared as products: shares of a cent would round.
  return to.amount * MONTHS[from.interval] > from.amount * MONTHS[to.interval] ? 'now' : 'at_end';
}
