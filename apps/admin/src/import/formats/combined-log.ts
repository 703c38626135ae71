import { parseImportInstant } from './instant.ts';
import type { Hit } from './page-view.ts';

const QUOTE = 34;
const BACKSLASH = 92;

/** The text behind an opening quote and where the closing one is; null when there is none. Linear, whatever the text. */
function quoted(line: string, from: number): { text: string; end: number } | null {
  let escaped = false;
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) {
      escaped = true;
      at++;
    } else if (code === QUOTE) {
      const text = line.slice(from, at);
      return { text: escaped ? unescaped(text) : text, end: at };
    }
  }
  return null;
}

/** Apache and nginx write bytes outside of printable ASCII as `\xHH`, Apache a quote as `\"`. */
function unescaped(text: string): string {
  const bytes = text.replace(/(?:\\x[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll(/\\x/gi, ''), 'hex').toString('utf8'),
  );
  return bytes.replace(/\\(["\\])/g, '$1');
}

/** The quoted text behind a blank; undefined where none begins, null where one does not end. */
function following(line: string, at: number): ReturnType<typeof quoted> | undefined {
  return line.startsWith(' "', at) ? quoted(line, at + 2) : undefined;
}

/** Host of a virtual host in front of the line, as Apache's `vhost_combined` has it. */
function beginning(head: string): { host: string | undefined; ip: string } {
  const [first = '', second = '', ...rest] = head.trim().split(' ');
  // address, ident, user; with a host in front they are four, and user names may have blanks.
  const hasHost = rest.length >= 2 && second !== '-' && /^[0-9a-f.:]+$/i.test(second);
  return hasHost ? { host: first, ip: second } : { host: undefined, ip: first };
}

/**
 * A line of a log in the combined or common format as Apache and nginx write it, with or without the virtual host in front; what
 * follows the user agent is not looked at. Null when it is none.
 */
export function parseCombined(line: string): Hit | null {
  const opens = line.indexOf(' [');
  const closes = line.indexOf('] "', opens);
  if (opens <= 0 || closes === -1) return null;
  const request = quoted(line, closes + 3);
  if (request === null) return null;
  const [, status, rest = ''] = /^ (\d{3}) (?:\d+|-)(.*)$/s.exec(line.slice(request.end + 1)) ?? [];
  if (status === undefined) return null;
  const referrer = following(rest, 0);
  const agent = referrer && following(rest, referrer.end + 1);
  // A line that breaks off in the middle may be one that is still being written.
  if (referrer === null || agent === null) return null;
  const [method = '', target = ''] = request.text.split(' ');
  return {
    ...beginning(line.slice(0, opens)),
    at: parseImportInstant(line.slice(opens + 2, closes)),
    method,
    target,
    status: Number(status),
    referrer: referrer?.text,
    userAgent: agent?.text,
  };
}
