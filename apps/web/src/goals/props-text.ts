import { trimBlanks } from '@footfall/core/blank';

/**
 * Properties as they are typed, `plan = pro`, one a line. A line without a sign has no name, which packages/db refuses: an event would
 * else have to lack what was meant.
 */
export function readProps(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => trimBlanks(line) !== '');
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const at = line.indexOf('=');
      return [trimBlanks(line.slice(0, Math.max(at, 0))), trimBlanks(line.slice(at + 1))];
    }),
  );
}
