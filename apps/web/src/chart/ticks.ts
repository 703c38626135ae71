import { type Granularity, tickText } from './bucket-text.ts';

/** A label under the axis; phones show only the `narrow` ones. */
export type Tick = { index: number; text: string; narrow: boolean };

const MOST_WIDE = 8;
const MOST_NARROW = 4;

const dayNumber = (label: string) => Date.parse(`${label.slice(0, 10)}T00:00:00Z`) / 86_400_000;

/** Where a bucket stands on the calendar, counted in buckets, and the steps at which labels read well. */
const CALENDAR: Record<Granularity, { place: (label: string) => number; steps: readonly number[] }> = {
  hour: {
    place: (label) => dayNumber(label) * 24 + Number(label.slice(11, 13)),
    steps: [1, 2, 3, 6, 12, 24, 48, 168],
  },
  day: { place: dayNumber, steps: [1, 2, 4, 7, 14, 28, 56, 112] },
  // Mondays are whole weeks apart; the epoch began on a Thursday.
  week: { place: (label) => (dayNumber(label) + 3) / 7, steps: [1, 2, 4, 8, 13, 26, 52] },
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

function firstThatFits(places: readonly number[], steps: readonly number[], most: number): number {
  return steps.find((step) => everyStep(places, step).length <= most) ?? places.length;
}

/** Labels of a time axis: at most eight on a wide screen, four of them on a narrow one, at round places of the calendar. */
export function ticksOf(labels: readonly string[], granularity: Granularity): Tick[] {
  const { place, steps } = CALENDAR[granularity];
  const places = labels.map(place);
  const wide = firstThatFits(places, steps, MOST_WIDE);
  const multiples = steps.filter((step) => step % wide === 0);
  const narrow = new Set(everyStep(places, firstThatFits(places, multiples, MOST_NARROW)));
  return everyStep(places, wide).map((index) => ({
    index,
    text: tickText(labels[index] ?? '', granularity),
    narrow: narrow.has(index),
  }));
}
