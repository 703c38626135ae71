import type { Derived } from '@footfall/core/derive';
import { DERIVED_FIELDS, NONE } from '@footfall/core/dimension';
import type { RawEvent } from '@footfall/core/raw-event';
import type { StoredEvent } from '@footfall/core/stored-event';

/**
 * Fields whose values come together again and again on many events: the values of such a group are one term. Part of the format of
 * stored bodies, so nothing here may ever change, not even in order: a field of later days goes with the rest. `user` stays out,
 * since it says who it is.
 */
type Group = {
  /** Whether its terms may serve other sites: what a browser says may, what a shop says may not. */
  shared: boolean;
  raw: readonly (keyof RawEvent)[];
  derived: readonly (keyof Derived)[];
};

/** Of `url` what stands before the query. */
export const GROUPS = [
  { shared: false, raw: ['name', 'interactive'], derived: ['interactive'] },
  { shared: false, raw: ['url', 'title'], derived: ['page', 'hostname'] },
  {
    shared: true,
    raw: ['userAgent'],
    derived: ['device', 'browser', 'browserVersion', 'os', 'osVersion', 'bot'],
  },
  { shared: true, raw: ['screen'], derived: ['screen'] },
  { shared: true, raw: ['lang'], derived: ['language'] },
  { shared: false, raw: ['referrer'], derived: [] },
  {
    shared: false,
    raw: [],
    derived: [
      'source',
      'referrer',
      'channel',
      'utmSource',
      'utmMedium',
      'utmCampaign',
      'utmTerm',
      'utmContent',
    ],
  },
  { shared: true, raw: [], derived: ['country', 'region', 'city'] },
] as const satisfies readonly Group[];

type Value = string | number | boolean | undefined;

/**
 * The values of all groups, in the order of {@link GROUPS}; the first of each tells it from most others. Spelled out, since a loop
 * over names takes four times as long.
 */
export function groupValues({ raw, derived }: StoredEvent, base: string): Value[][] {
  return [
    [raw.name, raw.interactive, derived.interactive],
    [base, raw.title, derived.page, derived.hostname],
    [
      raw.userAgent,
      derived.device,
      derived.browser,
      derived.browserVersion,
      derived.os,
      derived.osVersion,
      derived.bot,
    ],
    [derived.screen, raw.screen?.[0], raw.screen?.[1]],
    [derived.language, raw.lang],
    [raw.referrer],
    [
      derived.source,
      derived.referrer,
      derived.channel,
      derived.utmSource,
      derived.utmMedium,
      derived.utmCampaign,
      derived.utmTerm,
      derived.utmContent,
    ],
    [derived.city, derived.region, derived.country],
  ];
}

/** What the groups say of what was derived; fields of later days go with the rest. */
type GroupedField = (typeof GROUPS)[number]['derived'][number];

const GROUPED: ReadonlySet<string> = new Set(GROUPS.flatMap(({ derived }) => derived));
const LATER_FIELDS = DERIVED_FIELDS.filter((field) => !GROUPED.has(field));

/** What the rest need not say of fields that came after the groups: `(none)`. */
export const SILENT_LATER = Object.fromEntries(LATER_FIELDS.map((field) => [field, NONE])) as Readonly<
  Pick<Derived, Exclude<keyof Derived, GroupedField>>
>;

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/** JSON writes nothing as null. */
const valueOrNothing = <T>(value: unknown): T => (value ?? undefined) as T;

/** The fields of an event that its groups say; the inverse of {@link groupValues}. `undefined` is a group without any value. */
export function readFields(
  columns: Pick<RawEvent, 'id' | 'siteId' | 'visitor' | 'occurredAt'>,
  groups: readonly unknown[],
): { raw: Mutable<RawEvent>; derived: Pick<Derived, GroupedField> } {
  const [
    kind = [],
    page = [],
    agent = [],
    screen = [],
    language = [],
    referrer = [],
    source = [],
    place = [],
  ] = groups as readonly (readonly unknown[] | undefined)[];
  const raw: Mutable<RawEvent> = {
    id: columns.id,
    siteId: columns.siteId,
    visitor: columns.visitor,
    name: valueOrNothing(kind[0]),
    occurredAt: columns.occurredAt,
    receivedAt: columns.occurredAt,
    url: valueOrNothing(page[0]),
  };
  if (kind[1] != null) raw.interactive = kind[1] as boolean;
  if (page[1] != null) raw.title = page[1] as string;
  if (agent[0] != null) raw.userAgent = agent[0] as string;
  if (screen[1] != null) raw.screen = [screen[1] as number, screen[2] as number];
  if (language[1] != null) raw.lang = language[1] as string;
  if (referrer[0] != null) raw.referrer = referrer[0] as string;
  const derived: Pick<Derived, GroupedField> = {
    page: valueOrNothing(page[2]),
    hostname: valueOrNothing(page[3]),
    source: valueOrNothing(source[0]),
    referrer: valueOrNothing(source[1]),
    utmSource: valueOrNothing(source[3]),
    utmMedium: valueOrNothing(source[4]),
    utmCampaign: valueOrNothing(source[5]),
    utmTerm: valueOrNothing(source[6]),
    utmContent: valueOrNothing(source[7]),
    channel: valueOrNothing(source[2]),
    device: valueOrNothing(agent[1]),
    browser: valueOrNothing(agent[2]),
    browserVersion: valueOrNothing(agent[3]),
    os: valueOrNothing(agent[4]),
    osVersion: valueOrNothing(agent[5]),
    bot: valueOrNothing(agent[6]),
    country: valueOrNothing(place[2]),
    region: valueOrNothing(place[1]),
    city: valueOrNothing(place[0]),
    screen: valueOrNothing(screen[0]),
    language: valueOrNothing(language[0]),
    interactive: valueOrNothing(kind[2]),
  };
  return { raw, derived };
}
