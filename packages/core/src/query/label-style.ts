/**
 * `footfall`: hours in ISO 8601 with offset; `plausible`: hours in local time without it, and systems and browsers by the names that
 * Plausible's API has for them.
 */
export type LabelStyle = 'footfall' | 'plausible';
