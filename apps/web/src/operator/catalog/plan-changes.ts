import { PLAN_FEATURES, type PlanFeature } from '@footfall/core/billing/terms';
import type { PlanDetails } from '@footfall/db/staff/plans';

const LIMITS = [
  'events',
  'eventsPerSecond',
  'sites',
  'members',
  'retentionMonths',
  'queriesPerHour',
] as const;
export type ShownLimit = (typeof LIMITS)[number];

/** One thing that two versions of a plan differ in; null: no limit, or no price. */
export type PlanChange =
  | { what: 'title' | 'description'; before: string; after: string }
  | { what: 'limit'; limit: ShownLimit; before: number | null; after: number | null }
  | { what: 'feature'; feature: PlanFeature; after: boolean }
  | {
      what: 'price';
      currency: string;
      interval: 'month' | 'year';
      before: number | null;
      after: number | null;
    };

type Compared = Pick<PlanDetails, 'title' | 'description' | ShownLimit | 'features' | 'prices'>;

function priceChanges(before: Compared, after: Compared): PlanChange[] {
  const key = ({ currency, interval }: Compared['prices'][number]) => `${currency} ${interval}`;
  const kinds = new Map([...before.prices, ...after.prices].map((price) => [key(price), price]));
  const amountIn = ({ prices }: Compared, kind: string) =>
    prices.find((price) => key(price) === kind)?.amount ?? null;
  return [...kinds].flatMap(([kind, { currency, interval }]): PlanChange[] => {
    const [was, is] = [amountIn(before, kind), amountIn(after, kind)];
    return was === is ? [] : [{ what: 'price', currency, interval, before: was, after: is }];
  });
}

/** What a version of a plan changes against another one. */
export function comparePlans(before: Compared, after: Compared): PlanChange[] {
  const texts = (['title', 'description'] as const).flatMap((what): PlanChange[] =>
    before[what] === after[what] ? [] : [{ what, before: before[what], after: after[what] }],
  );
  const limits = LIMITS.flatMap((limit): PlanChange[] =>
    before[limit] === after[limit]
      ? []
      : [{ what: 'limit', limit, before: before[limit], after: after[limit] }],
  );
  const features = PLAN_FEATURES.flatMap((feature): PlanChange[] => {
    const [was, is] = [before.features.includes(feature), after.features.includes(feature)];
    return was === is ? [] : [{ what: 'feature', feature, after: is }];
  });
  return [...texts, ...priceChanges(before, after), ...limits, ...features];
}
