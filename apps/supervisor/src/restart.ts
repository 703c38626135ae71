import type { Backoff } from '@footfall/timing/backoff';

/** Before a process that ended by itself is started again. */
export const RESTART: Backoff = { min: 250, max: 10_000 };
/** Whatever ran this long was well: its next end is a new trouble, not more of the old. */
export const HEALTHY_MS = 60_000;
