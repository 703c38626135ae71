/** Patterns of pages, as merchants write them: of goals, and of what is not counted, here and in the tracker. */

/** What a pattern may ask for; RE2 and {@link compilePagePatterns} keep their bounds whatever is in these. */
export const MAX_WILDCARDS = 10;

const countWildcards = (pattern: string): number => pattern.match(/\*+/g)?.length ?? 0;

/** Whether a pattern has no more wildcards (`*` or `**`) than patterns may have. */
export const hasFewWildcards = (pattern: string): boolean => countWildcards(pattern) <= MAX_WILDCARDS;

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
 * matches whole paths, where `.` is any character: for engines that have RE2. Elsewhere it is {@link compilePagePatterns}.
 */
export function pagePattern(pattern: string): string {
  return `^${pattern.split('/').map(segmentPattern).join('/')}$`;
}
