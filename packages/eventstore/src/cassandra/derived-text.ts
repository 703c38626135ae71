import type { Derived } from '@footfall/core/derive';
import { DERIVED_FIELDS, NONE } from '@footfall/core/dimension';

/**
 * The order in which values stand in the column. Never changed: what is stored is read by it. A field that comes later is appended by
 * its row, and the texts before it, which have fewer values, are still read.
 */
const FIRST_FIELDS = [
  'page',
  'hostname',
  'source',
  'referrer',
  'channel',
  'utmSource',
  'utmMedium',
  'utmCampaign',
  'utmTerm',
  'utmContent',
  'device',
  'browser',
  'browserVersion',
  'os',
  'osVersion',
  'bot',
  'country',
  'region',
  'city',
  'screen',
  'language',
  'interactive',
] as const satisfies readonly (keyof Derived)[];

const LATER_FIELDS = DERIVED_FIELDS.filter((field) => !(FIRST_FIELDS as readonly string[]).includes(field));
const FIELDS: readonly (keyof Derived)[] = [...FIRST_FIELDS, ...LATER_FIELDS];

/** What stands for `(none)`, which most values are; never a text of its own, since those are quoted. */
const SILENT = 0;

/**
 * What was derived, as the text of a column: the values in a list, a third of what the names would make of it. What is of another
 * shape, of an older or a newer logic, stands there as an object.
 */
export function derivedText(derived: Derived): string {
  const values: (string | boolean | typeof SILENT)[] = [];
  for (const field of FIELDS) {
    const value = derived[field] as string | boolean | undefined;
    if (value === undefined) return JSON.stringify(derived);
    values.push(value === NONE ? SILENT : value);
  }
  return Object.keys(derived).length === FIELDS.length ? JSON.stringify(values) : JSON.stringify(derived);
}

/** What {@link derivedText} was given. */
export function parseDerivedText(text: string): Derived {
  const interned = JSON.parse(text) as Derived | (string | boolean | typeof SILENT)[];
  if (!Array.isArray(interned)) return interned;
  const derived: Partial<Record<keyof Derived, string | boolean>> = {};
  for (const [index, value] of interned.entries()) {
    const field = FIELDS[index];
    if (field !== undefined) derived[field] = value === SILENT ? NONE : value;
  }
  return derived as Derived;
}
