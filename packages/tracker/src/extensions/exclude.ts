import { pagePattern } from '@footfall/core/page-pattern';
import type { Extension } from '../extension.ts';
import { before } from './guard.ts';

/** Counts nothing on pages whose path one of the patterns matches: `/account/*` one segment, `/admin/**` any depth. */
export function exclude(patterns: readonly string[]): Extension {
  const matchers = patterns.map((pattern) => new RegExp(pagePattern(pattern.trim())));
  return (tracker) =>
    before(tracker, (event) => {
      const { pathname } = new URL(event.url);
      return matchers.some((each) => each.test(pathname)) ? undefined : event;
    });
}
