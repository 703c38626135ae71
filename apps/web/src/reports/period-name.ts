/**
 * The periods of the portal. Their keys are the named ranges of the API and mean the same; `recent` is the portal's own:
 * the last 28 days with today, so that a visit made now shows. Order and groups are those of the menu.
 */
export const PERIODS = {
  day: { label: 'Today', group: 'now', key: 't' },
  '24h': { label: 'Last 24 hours', group: 'now' },
  recent: { label: '28 days to today', group: 'now' },
  '7d': { label: 'Last 7 days', group: 'days', key: 'w' },
  '28d': { label: 'Last 28 days', group: 'days', key: 'm' },
  '30d': { label: 'Last 30 days', group: 'days' },
  '91d': { label: 'Last 91 days', group: 'days' },
  month: { label: 'This month', group: 'months' },
  year: { label: 'This year', group: 'months' },
  '6mo': { label: 'Last 6 months', group: 'months' },
  '12mo': { label: 'Last 12 months', group: 'months' },
  all: { label: 'All time', group: 'months' },
} as const satisfies Record<string, { label: string; group: 'now' | 'days' | 'months'; key?: string }>;

export type PeriodName = keyof typeof PERIODS;
export const PERIOD_NAMES = Object.keys(PERIODS) as PeriodName[];
