import { parseImportInstant } from './instant.ts';
import type { Hit } from './page-view.ts';

/** What a line of a file in W3C's extended format is: how later ones are to be read, a hit, or neither. */
export type CloudFrontLine = { fields: readonly string[] } | { hit: Hit } | { comment: true } | null;

/** Agents, and addresses in older files, come encoded twice: a `%` is written as `%25`. */
const once = (text: string) => text.replaceAll(/%25(?=[0-9a-f]{2})/gi, '%');

/** CloudFront writes blanks and what is not ASCII as in an address. */
function decoded(text: string | undefined): string | undefined {
  if (text === undefined || text === '-') return undefined;
  try {
    return decodeURIComponent(once(text));
  } catch {
    return text;
  }
}

/** Reads a line of a standard log of CloudFront by the fields that a `#Fields:` line before it named. */
export function parseCloudFront(line: string, fields: readonly string[]): CloudFrontLine {
  const [, named] = /^#Fields:\s*(.*)$/.exec(line) ?? [];
  if (named !== undefined) return { fields: named.trim().split(/\s+/) };
  if (line.startsWith('#')) return { comment: true };
  const values = line.split('\t');
  if (fields.length === 0 || values.length < fields.length) return null;
  const of = (name: string) => {
    const value = values[fields.indexOf(name)];
    return value === '-' ? undefined : value;
  };
  const query = of('cs-uri-query');
  return {
    hit: {
      at: parseImportInstant(`${of('date')} ${of('time')}`),
      method: of('cs-method') ?? '',
      target: `${of('cs-uri-stem') ?? ''}${query === undefined ? '' : `?${once(query)}`}`,
      status: Number(of('sc-status')),
      ip: of('c-ip'),
      host: of('x-host-header') ?? of('cs(Host)'),
      scheme: of('cs-protocol'),
      referrer: decoded(of('cs(Referer)')),
      userAgent: decoded(of('cs(User-Agent)')),
    },
  };
}
