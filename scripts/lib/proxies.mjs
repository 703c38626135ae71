// @ts-check
import { ensurePrograms } from './debian.mjs';

/** Makes sure that the tests find the reverse proxies that docs/operating.md has settings for. */
export function ensureProxies() {
  ensurePrograms(
    [
      { program: 'nginx', debian: 'nginx-light' },
      { program: 'caddy', debian: 'caddy' },
    ],
    'an nginx and a Caddy',
  );
}
