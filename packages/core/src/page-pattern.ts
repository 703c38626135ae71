/** Patterns of pages, as merchants write them: of goals, and of what is not counted, here and in the tracker. */

const quoted = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A segment of a pattern as a regular expression: a star alone is a segment that is not empty, within one it is any letters. */
function segmentPattern(segment: string): string {
  if (segment === '*') return '[^/]+';
  return segment
    .split('**')
    .map((piece) => piece.split('*').map(quoted).join('[^/]*'))
    .join('.*');
}

/**
 * A page pattern (`/checkout/*` one segment, `/blog/**` any depth) as a regular expression in RE2's syntax that
 * matches whole paths.
 */
export function pagePattern(pattern: string): string {
  return `^${pattern.split('/').map(segmentPattern).join('/')}$`;
}
