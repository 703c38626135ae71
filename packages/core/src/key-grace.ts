/** Days that a site's key goes on after it was replaced. */
export const GRACE_DAYS = { least: 0, usual: 30, most: 365 } as const;
