import { writePrice } from '@footfall/core/billing/typed-amount';
import type { PlanDetails } from '@footfall/db/staff/plans';
import { PRICE_ROWS } from './plan-fields.ts';
import type { PlanFormValues } from './plan-form.tsx';

const text = (limit: number | null) => (limit === null ? '' : String(limit));

function priceTexts(prices: PlanDetails['prices']): Record<string, string> {
  const currencies = [...new Set(prices.map(({ currency }) => currency))];
  const texts = PRICE_ROWS.flatMap((row) => {
    const currency = currencies[row - 1] ?? '';
    const write = (interval: string) => {
      const price = prices.find((one) => one.currency === currency && one.interval === interval);
      return price === undefined ? '' : writePrice(price.amount, currency);
    };
    return [
      [`currency${row}`, currency],
      [`month${row}`, write('month')],
      [`year${row}`, write('year')],
    ];
  });
  return Object.fromEntries(texts);
}

/** A form of a plan that is there, as its fields say it. */
export function planFormValues(plan: PlanDetails): PlanFormValues {
  return {
    texts: {
      title: plan.title,
      description: plan.description,
      events_per_month: text(plan.events),
      events_per_second: text(plan.eventsPerSecond),
      sites: text(plan.sites),
      members: text(plan.members),
      retention_months: text(plan.retentionMonths),
      queries_per_hour: text(plan.queriesPerHour),
      ...priceTexts(plan.prices),
    },
    features: plan.features,
    isPublic: plan.isPublic,
  };
}

/** A form of a plan that is not there yet: reports are in it, since nobody buys one without. */
export const NEW_PLAN: PlanFormValues = {
  texts: { currency1: 'EUR' },
  features: ['dashboards'],
  isPublic: true,
};
