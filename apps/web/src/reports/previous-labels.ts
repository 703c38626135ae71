import { weeksFrom } from '@footfall/core/query/bucket';
import { findCounterparts } from '@footfall/core/query/counterpart';
import type { KnownRange, QuerySite } from '@footfall/core/query/query';
import { hourLabel, listDays } from '@footfall/core/zone';
import type { Granularity } from '#chart/bucket-text.ts';
import type { Days, PreviousPeriod } from './period.ts';

type Charted = {
  days: Days;
  previous: PreviousPeriod;
  granularity: Granularity;
  site: Pick<QuerySite, 'timezone' | 'weekStart'>;
};

/** Both ranges of a chart. Without days these are the last hours, and as many before. */
function chartedRanges({ days, previous }: Charted): { own: KnownRange; compared: KnownRange } {
  const [from = '', to = ''] = previous.series;
  if (previous.days !== null)
    return { own: { kind: 'days', ...days }, compared: { kind: 'days', ...previous.days } };
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return {
    own: { kind: 'instants', start: end, end: 2 * end - start },
    compared: { kind: 'instants', start, end },
  };
}

/**
 * The first day, or hour, that each bucket of a chart is compared with, as the API labels it; '' where there is none. A month is
 * compared with as many days as lie in it, which need not begin with a month.
 */
export function previousLabels(labels: readonly string[], charted: Charted): string[] {
  const { granularity, site } = charted;
  const zone = site.timezone;
  const { own, compared } = chartedRanges(charted);
  const comparison = { mode: 'custom', range: compared, matchDayOfWeek: false } as const;
  const counterparts = findCounterparts({ own, compared: [compared], comparison, zone });
  if (granularity === 'hour')
    return labels.map((label) => {
      const [first] = counterparts.findHours(String(Date.parse(label)));
      return first === undefined ? '' : hourLabel(zone, Number(first));
    });
  const first = new Map<string | null, string>();
  const bucket = granularity === 'week' ? weeksFrom(site.weekStart) : granularity;
  if (compared.kind === 'days')
    for (const day of listDays(compared.from, compared.to).toReversed())
      first.set(counterparts.find(day, bucket), day);
  return labels.map((label) => first.get(label) ?? '');
}
