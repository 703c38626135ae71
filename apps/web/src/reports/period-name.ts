type PeriodRow = {
  /** Rows of a group stand together in the menu. */
  group: 'now' | 'days' | 'months';
  /** The key that chooses it. */
  key?: string;
};

/**
 * The periods of the portal. Their keys are the named ranges of the API and mean the same; `recent` is the portal's own:
 * the last 28 days with today, so that a visit made now shows. Order and groups are those of the menu.
 */
export const PERIODS = {
  day: { group: 'now', key: 't' },
  '24h': { group: 'now' },
  recent: { group: 'now' },
  '7d': { group: 'days', key: 'w' },
  '28d': { group: 'days', key: 'm' },
  '30d': { group: 'days' },
  '91d': { group: 'days' },
  month: { group: 'months' },
  year: { group: 'months' },
  '6mo': { group: 'months' },
  '12mo': { group: 'months' },
  all: { group: 'months' },
} as const satisfies Record<string, PeriodRow>;

export type PeriodName = keyof typeof PERIODS;
export const PERIOD_NAMES = Object.keys(PERIODS) as PeriodName[];

/** The key that chooses a period, where it has one. */
export function keyOfPeriod(name: PeriodName): string | undefined {
  const row: PeriodRow = PERIODS[name];
  return row.key;
}
