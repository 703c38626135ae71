import type { DimensionName } from './dimension.ts';
import type { CountPart } from './part.ts';
import type { ROLL_UP_ALL } from './roll-up.ts';

/** Parts that totals of another product may have; the others cannot be brought in. */
export const IMPORTED_PARTS = [
  'visitors',
  'visits',
  'pageviews',
  'events',
  'bounces',
  'durationMs',
  'exits',
  'scrollSum',
  'scrolled',
  'engagedMs',
  'engaged',
] as const satisfies readonly CountPart[];

export type ImportedPart = (typeof IMPORTED_PARTS)[number];

/** What totals are of: one of our dimensions, or the day as a whole. */
export type ImportedDimension = DimensionName | typeof ROLL_UP_ALL;

/** Totals of one value of one dimension on one local day, as another product had counted them. */
export type ImportedTotal = {
  day: string;
  dimension: ImportedDimension;
  value: string;
  counts: Readonly<Partial<Record<ImportedPart, number>>>;
};

/** Which parts are known of which dimension; a dimension that is absent is not known at all. */
export type Measures = Readonly<Partial<Record<ImportedDimension, readonly ImportedPart[]>>>;

/** Totals that were brought in together: the days that they have, both inclusive, and what is known of them. */
export type ImportedDays = { id: string; from: string; to: string; measures: Measures };
