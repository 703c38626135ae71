import { WEEK_STARTS } from '@footfall/core/zone';
import { z } from 'zod';

/** What the Sites API takes and answers; its validation, its OpenAPI and the types of the client are made from this. */

const text = (description: string) => z.string().describe(description);

/** `true` or `false`, as JSON or as the text of a form. */
const flag = (description: string) => z.union([z.boolean(), z.enum(['true', 'false'])]).describe(description);

/** Whether a {@link flag} is set; undefined where it is not there. */
export const isSet = (value: boolean | string | undefined): boolean | undefined =>
  value === undefined ? undefined : value === true || value === 'true';

const PropTexts = z.record(z.string(), z.string());

const MOST_MONTHS = 600;

/** A number of months, as JSON or as the text of a form, whose empty field is none. */
const months = z.union([z.int().min(1).max(MOST_MONTHS), z.string().regex(/^([1-9]\d{0,2})?$/), z.null()]);

/** The number of {@link months}; undefined where it is not there. */
export const readMonths = (value: number | string | null | undefined): number | null | undefined =>
  value === '' ? null : typeof value === 'string' ? Number(value) : value;

const site = {
  id: text('Opaque, for ever'),
  site_key: text('Public: stands in the snippet'),
  domain: text('Without www., in ASCII'),
  timezone: text('IANA name; while another is being counted for, the one in force'),
  currency: text('ISO 4217'),
  week_start: z.enum(WEEK_STARTS).describe('Of the charts in the portal; the API’s weeks begin on Mondays'),
  retention_months: z
    .int()
    .nullable()
    .describe('Months that its events are kept for; null: as long as the installation keeps them'),
  enabled: z.boolean().describe('False: its events are refused, its reports stay'),
  snippet: text('The line for its pages'),
};

const goal = {
  id: text('Opaque, for ever'),
  domain: text('Of the site'),
  goal_type: z.enum(['event', 'page']),
  display_name: text('Unique in the site'),
  event_name: z.string().nullable().describe('Of an event'),
  page_path: z.string().nullable().describe('Of a page: a path or a pattern'),
  custom_props: PropTexts.describe('Values that properties must have, by name'),
};

/** A step or a filter, as questions have them. */
const steps = z
  .array(z.union([z.string(), z.record(z.string(), z.unknown())]))
  .describe('2 to 8 of them, as those of a funnel that is asked for; goals come back by their ids');
const filters = z.array(z.unknown()).describe('At least one, as those of a query; none compares a metric');

const funnel = {
  id: text('Opaque, for ever'),
  domain: text('Of the site'),
  name: text('Unique in the site'),
  steps,
};

const segment = {
  id: text('Opaque, for ever'),
  domain: text('Of the site'),
  name: text('Unique in the site'),
  filters,
};

const ManagedFunnel = z.strictObject(funnel);
const ManagedSegment = z.strictObject(segment);
const ManagedSite = z.strictObject(site);
const ManagedGoal = z.strictObject(goal);

const created = z.boolean().describe('False: it was there already');

const PageMeta = z.strictObject({
  after: z.string().nullable().describe('Of the next page; null on the last'),
  before: z.string().nullable().describe('Of the page before; null on the first'),
  limit: z.int(),
});

export const SITES_API_SCHEMAS = {
  NewSite: z.strictObject({
    domain: text('Domain of the shop'),
    timezone: text('IANA name, such as Europe/Berlin; Etc/UTC unless said').optional(),
    currency: text('ISO 4217; EUR unless said').optional(),
  }),
  SiteChange: z.strictObject({
    timezone: text('IANA name; history is counted anew, then it is in force').optional(),
    currency: text('ISO 4217').optional(),
    week_start: z.enum(WEEK_STARTS).describe('Of the charts in the portal').optional(),
    retention_months: months
      .describe(
        'Months that events are kept for, up to those of the plan; null: as long as the installation keeps them. What lies before is deleted the next night',
      )
      .optional(),
    enabled: flag('Switches the site off or on').optional(),
  }),
  ManagedSite,
  CreatedSite: z.strictObject({ ...site, created }),
  SitePage: z.strictObject({ sites: z.array(ManagedSite), meta: PageMeta }),
  NewGoal: z.strictObject({
    site_id: text('Id, site key or domain of the site'),
    goal_type: z.enum(['event', 'page']),
    event_name: text('Of an event').optional(),
    page_path: text('Of a page: a path or a pattern such as /blog/**').optional(),
    display_name: text('Else the name of the event, or Visit and the path').optional(),
    custom_props: PropTexts.describe('Values that properties must have, by name').optional(),
  }),
  ManagedGoal,
  CreatedGoal: z.strictObject({ ...goal, created }),
  GoalPage: z.strictObject({ goals: z.array(ManagedGoal), meta: PageMeta }),
  NewFunnel: z.strictObject({
    site_id: text('Id, site key or domain of the site'),
    name: text('Unique in the site: a funnel of this name gets these steps'),
    steps,
  }),
  ManagedFunnel,
  CreatedFunnel: z.strictObject({ ...funnel, created }),
  FunnelPage: z.strictObject({ funnels: z.array(ManagedFunnel), meta: PageMeta }),
  NewSegment: z.strictObject({
    site_id: text('Id, site key or domain of the site'),
    name: text('Unique in the site: a segment of this name gets these filters'),
    filters,
  }),
  ManagedSegment,
  CreatedSegment: z.strictObject({ ...segment, created }),
  SegmentPage: z.strictObject({ segments: z.array(ManagedSegment), meta: PageMeta }),
  GoalReference: z.strictObject({ site_id: text('Id, site key or domain of the site').optional() }),
  Deleted: z.strictObject({ deleted: z.literal(true) }),
} as const;

export type ManagedSite = z.output<typeof ManagedSite>;
export type ManagedFunnel = z.output<typeof ManagedFunnel>;
export type ManagedSegment = z.output<typeof ManagedSegment>;
export type ManagedGoal = z.output<typeof ManagedGoal>;
export type PageMeta = z.output<typeof PageMeta>;
