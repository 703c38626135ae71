import type { Extension } from '../extension.ts';
import { before } from './guard.ts';

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A star alone is a segment that is not empty, within one any letters; two stars are any depth. As in goals. */
const segmentPattern = (segment: string) =>
  segment === '*'
    ? '[^/]+'
    : segment
        .split('**')
        .map((piece) => piece.split('*').map(quoted).join('[^/]*'))
        .join('.*');

const pagePattern = (pattern: string) =>
  new RegExp(`^${pattern.trim().split('/').map(segmentPattern).join('/')}$`);

/** Counts nothing on pages whose path one of the patterns matches: `/account/*` one segment, `/admin/**` any depth. */
export function exclude(patterns: readonly string[]): Extension {
  const matchers = patterns.map(pagePattern);
  return (tracker) =>
    before(tracker, (event) => {
      const { pathname } = new URL(event.url);
      return matchers.some((each) => each.test(pathname)) ? undefined : event;
    });
}
