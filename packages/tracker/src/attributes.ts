/** What a page says of how it is counted. Those of the script are texts, and `manual` and `hash` are said by being there. */
export type Attributes = { site: string; endpoint: string | URL; manual?: unknown; hash?: unknown };

/** Filled once, before anything is counted. */
export const attributes = {} as Attributes;
