/** What plans limit, by the name that answers of the API use; null is no limit. */
export const PLAN_LIMITS = [
  'events_per_month',
  'events_per_second',
  'sites',
  'members',
  'retention_months',
  'queries_per_hour',
] as const;
export type PlanLimit = (typeof PLAN_LIMITS)[number];

/** What plans include or not. */
export const PLAN_FEATURES = ['dashboards', 'embeds', 'kibana', 'sso', 'webhooks', 'sites_api'] as const;
export type PlanFeature = (typeof PLAN_FEATURES)[number];

/** What a tenant of a plan may do. */
export type PlanTerms = {
  /** Of this version of the plan; it is never edited, and another version has another name. */
  name: string;
  /** What people call the plan. */
  title: string;
  limits: Readonly<Record<PlanLimit, number | null>>;
  features: readonly PlanFeature[];
  /** Events a month after which collectors refuse more, whoever pays; null or absent: none. A plan that is sold asks to be paid for more, and takes them. */
  eventCeiling?: number | null;
};

/** The features that texts name; those that this version of the code does not know are left out. */
export const knownFeatures = (names: readonly string[]): PlanFeature[] =>
  PLAN_FEATURES.filter((feature) => names.includes(feature));
