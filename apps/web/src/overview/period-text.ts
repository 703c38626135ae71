import { useFormats } from '#format/formats.ts';
import type { Days, Period, PreviousPeriod } from '#reports/period.ts';
import { useWords } from '#words/use-words.ts';

/** What periods are called in the reader's language. */
export function usePeriodText() {
  const words = useWords('periods');
  const formats = useFormats();
  const days = ({ from, to }: Days): string => formats.days(from, to);
  const previousSeries = (previous: PreviousPeriod): string =>
    previous.days === null ? words('hoursBefore') : days(previous.days);
  return {
    /** `16–22 Nov 2026`. */
    days,
    /** `Last 7 days`; of a custom one its days. */
    name: (period: Period): string =>
      period.name === 'custom' ? days(period.days) : words(`names.${period.name}`),
    /** All that the chart shows of the period before. */
    previousSeries,
    /** The part of the period before that the figures are compared with: `22 Nov 2026 until 10:03`. */
    previousFigures: (previous: PreviousPeriod): string => {
      const { until } = previous;
      const series = previousSeries(previous);
      return until === null ? series : words('until', { days: series, time: until });
    },
  };
}
