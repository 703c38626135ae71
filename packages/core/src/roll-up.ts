import type { DimensionName } from './dimension.ts';
import type { Parts } from './part.ts';

/** Dimension key of the totals of a whole day, and of its hours. */
export const ROLL_UP_ALL = '(all)';
export const ROLL_UP_HOUR = 'time:hour';

export type RollUpDimension = DimensionName | typeof ROLL_UP_ALL | typeof ROLL_UP_HOUR;

/** The totals of one value of one dimension on one local day; hours carry their start in epoch milliseconds as value. */
export type RollUpRow = { dimension: RollUpDimension; value: string; parts: Parts };
