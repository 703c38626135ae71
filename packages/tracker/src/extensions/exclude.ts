import type { Extension } from '../extension.ts';
import { before } from './guard.ts';

/**
 * What core's page-matcher.ts says of a path, in fewer bytes: a set of the places in the pattern that the path may have come to, so that
 * a path costs its length × the pattern's at most, whoever has written the link.
 */
export function matchesPage(pattern: string, path: string): boolean {
  // A star alone in its segment wants one character at least, here NUL.
  const wanted = pattern.replace(/(^|\/)\*(?=\/|$)/g, '$1\0*').match(/\*\*|[\s\S]/g) ?? [];
  let places = new Set<number>();
  const reach = (place: number) => {
    places.add(place);
    if (wanted[place]?.[0] === '*') reach(place + 1);
  };
  reach(0);
  for (const character of path.split('')) {
    const before = places;
    places = new Set();
    for (const place of before) {
      const want = wanted[place];
      if (want === '**' || (want === '*' && character !== '/')) reach(place);
      else if (want === character || (want === '\0' && character !== '/')) reach(place + 1);
    }
  }
  return places.has(wanted.length);
}

/** A path as reports have it, near enough: letters that are escaped or not are the same. What is not UTF-8 stays. */
function plain(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** Counts nothing on pages whose path one of the patterns matches: `/account/*` one segment, `/admin/**` any depth. */
export function exclude(patterns: readonly string[]): Extension {
  return (tracker) =>
    before(tracker, (event) => {
      const { pathname, hash } = new URL(event.url);
      // A route in the fragment is part of the page.
      const page = plain(pathname + (event.hash && /^#[/!]/.test(hash) ? hash.split('?')[0] : ''));
      return patterns.some((pattern) => matchesPage(plain(pattern.trim()), page)) ? undefined : event;
    });
}
