/** How long a browser need not ask again whether it may ask, seconds. */
const PREFLIGHT_SECONDS = 600;

const EXPOSED =
  'date, etag, retry-after, x-data-through, ratelimit-limit, ratelimit-remaining, ratelimit-reset';

/** What lets pages of an origin read an answer. Never with credentials: a cookie is nobody's token. */
export const allowOrigin = (origin: string): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': origin,
  'access-control-expose-headers': EXPOSED,
});

/** What lets pages of an origin ask. */
export const allowAsking = (origin: string): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'authorization, content-type, if-none-match',
  'access-control-max-age': String(PREFLIGHT_SECONDS),
});
