import type { Formats } from '#format/formats.ts';
import type { Words } from '#words/words.ts';

/** What buckets of time are called in a chart. Labels come from the API: local days, or local hours with their offset. */

export type Granularity = 'hour' | 'day' | 'week' | 'month';

/** Short text under the axis. */
export function tickText(label: string, granularity: Granularity, formats: Formats): string {
  if (granularity === 'month')
    return label.slice(5, 7) === '01' ? formats.monthAndYear(label) : formats.month(label);
  return granularity === 'hour' ? formats.hour(label) : formats.dayAndMonth(label);
}

/** The bucket in full, for the crosshair, the table and screen readers. */
export type BucketText = (label: string, granularity: Granularity) => string;

/** Writes buckets in full in the language of words and formats. */
export function bucketTexts(words: Words<'chart'>, formats: Formats): BucketText {
  return (label, granularity) => {
    if (granularity === 'month') return formats.fullMonth(label);
    const day = formats.fullDay(label);
    if (granularity === 'week') return words('weekOf', { day });
    return granularity === 'hour' ? `${day}, ${formats.hour(label)}` : day;
  };
}

/** Writes what a bucket is compared with: of a week or a month, as many days from one on that need not begin with one. */
export function previousTexts(words: Words<'chart'>, formats: Formats): BucketText {
  const bucketText = bucketTexts(words, formats);
  return (label, granularity) =>
    granularity === 'hour' || granularity === 'day'
      ? bucketText(label, granularity)
      : words('from', { day: formats.fullDay(label) });
}
