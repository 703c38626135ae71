import type { Entitlement } from '@footfall/core/billing/entitlement';
import { PLAN_FEATURES, type PlanFeature } from '@footfall/core/billing/terms';
import { useFormats } from '#format/formats.ts';
import { useWords } from '#words/use-words.ts';

/** What a plan gives, in the words of people; null is no limit. */
export type PlanGives = {
  events: number | null;
  sites: number | null;
  members: number | null;
  retentionMonths: number | null;
  features: readonly PlanFeature[];
};

/** What is in force of a plan. */
export const givenBy = ({ limits, features }: Entitlement): PlanGives => ({
  events: limits.events_per_month,
  sites: limits.sites,
  members: limits.members,
  retentionMonths: limits.retention_months,
  features: PLAN_FEATURES.filter((feature) => features[feature]),
});

/** Features that plans may name and that are not there yet: nobody is promised them. */
const COMING: ReadonlySet<PlanFeature> = new Set(['embeds', 'kibana']);

/** The lines of a list that says what a plan gives. */
export function usePlanLines(): (gives: PlanGives) => string[] {
  const words = useWords('plans');
  const formats = useFormats();
  return ({ events, sites, members, retentionMonths, features }) => [
    events === null ? words('anyEvents') : words('events', { events: formats.exactNumber(events) }),
    sites === null ? words('anySites') : words('sites', { count: sites }),
    members === null ? words('anyMembers') : words('members', { count: members }),
    retentionMonths === null ? words('anyRetention') : words('retention', { count: retentionMonths }),
    ...features.filter((feature) => !COMING.has(feature)).map((feature) => words(`features.${feature}`)),
  ];
}
