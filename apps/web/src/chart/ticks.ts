import type { Formats } from '#format/formats.ts';
import { type Granularity, tickText } from './bucket-text.ts';

/** A label under the axis; phones show only the `narrow` ones. */
export type Tick = { index: number; text: string; narrow: boolean };

const MOST_WIDE = 8;
const MOST_NARROW = 4;

const dayNumber = (label: string) => Date.parse(`${label.slice(0, 10)}T00:00:00Z`) / 86_400_000;

type Calendar = {
  /** Where a bucket stands, counted in buckets. */
  place: (label: string, first: string) => number;
  /** Steps at which labels read well. */
  steps: readonly number[];
};

/** Hours and months are labelled at round places of the clock and the year, days and weeks from the first on. */
const CALENDAR: Record<Granularity, Calendar> = {
  hour: {
    place: (label) => dayNumber(label) * 24 + Number(label.slice(11, 13)),
    steps: [1, 2, 3, 6, 12, 24, 48, 168],
  },
  day: { place: (label, first) => dayNumber(label) - dayNumber(first), steps: [1, 2, 4, 7, 14, 28, 56, 112] },
  week: {
    place: (label, first) => (dayNumber(label) - dayNumber(first)) / 7,
    steps: [1, 2, 4, 8, 13, 26, 52],
  },
  month: {
    place: (label) => Number(label.slice(0, 4)) * 12 + Number(label.slice(5, 7)) - 1,
    steps: [1, 2, 3, 6, 12, 24, 60, 120],
  },
};

/** Indices of the buckets at whole steps; an hour that the clock passes twice is labelled once. */
function everyStep(places: readonly number[], step: number): number[] {
  return places.flatMap((place, index) =>
    ((place % step) + step) % step === 0 && places[index - 1] !== place ? [index] : [],
  );
}

/** Labels of a time axis: at most eight on a wide screen, four of them on a narrow one, at round places of the calendar. */
export function chooseTicks(labels: readonly string[], granularity: Granularity, formats: Formats): Tick[] {
  const { place, steps } = CALENDAR[granularity];
  const places = labels.map((label) => place(label, labels[0] ?? label));
  const step = steps.find((candidate) => everyStep(places, candidate).length <= MOST_WIDE) ?? places.length;
  const indices = everyStep(places, step);
  const every = Math.ceil(indices.length / MOST_NARROW);
  return indices.map((index, order) => ({
    index,
    text: tickText(labels[index] ?? '', granularity, formats),
    narrow: order % every === 0,
  }));
}
