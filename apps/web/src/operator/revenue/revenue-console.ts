import { type RevenueFigures, revenueFigures, type TrialMonth } from '@footfall/core/billing/revenue';
import { readRevenue, readTrials } from '@footfall/db/staff/revenue';
import { staffServices } from '#runtime/staff-services.ts';

/** The figures of a currency, a month each, the latest first. Currencies are never added to each other. */
export type CurrencyRevenue = { currency: string; months: readonly RevenueFigures[] };

export type LoadedRevenue = { currencies: readonly CurrencyRevenue[]; trials: readonly TrialMonth[] };

/** What the scheduler has kept of the last year. */
export async function loadRevenue(): Promise<LoadedRevenue> {
  const { staffPool, clock } = staffServices();
  const now = clock.now();
  const [rows, trials] = await Promise.all([readRevenue(staffPool, now), readTrials(staffPool, now)]);
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  const currencies = [...byCurrency].map(([currency, months]) => ({
    currency,
    months: months.map(revenueFigures),
  }));
  return { currencies, trials };
}
