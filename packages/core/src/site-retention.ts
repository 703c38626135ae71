import { addDays, addMonths, monthStart } from './zone.ts';

/** How long a site keeps its events: as its installation has it, in days, and for fewer months where its owners want that. */
export type SiteRetention = { retentionDays: number; retentionMonths: number | null };

const DAYS_A_MONTH = 365.25 / 12;

/**
 * How far back events may be dated, in days. Of months it is a little less than they ever are, so that nothing is taken that the next
 * night deletes again.
 */
export function takenDays({ retentionDays, retentionMonths }: SiteRetention): number {
  if (retentionMonths === null) return retentionDays;
  return Math.min(retentionDays, Math.floor(retentionMonths * DAYS_A_MONTH) - 2);
}

/**
 * The first day (`YYYY-MM-DD`) that a site keeps at a time (epoch milliseconds): of a month, since whole months go at once. What was
 * to be kept for three months is kept for three to four.
 */
export function firstKeptDay({ retentionDays, retentionMonths }: SiteRetention, now: number): string {
  const today = new Date(now).toISOString().slice(0, 10);
  const byDays = monthStart(addDays(today, -retentionDays));
  if (retentionMonths === null) return byDays;
  const byMonths = addMonths(today, -retentionMonths);
  return [byDays, byMonths].sort()[1] as string;
}
