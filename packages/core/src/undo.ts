const DAY_MS = 24 * 3_600_000;

/** For how many days what a merchant has deleted as a whole, such as a tenant, can be had back. */
export const UNDO_DAYS = 7;

/** When what was to be deleted from a moment on is gone for good. */
export const goneAt = (askedAt: Date): Date => new Date(askedAt.getTime() + UNDO_DAYS * DAY_MS);

/** What was to be deleted at this moment or before is due at `now`, epoch milliseconds. */
export const dueBefore = (now: number): number => now - UNDO_DAYS * DAY_MS;
