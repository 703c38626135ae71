import { isAddressList } from './client.ts';
import { parseImportInstant } from './instant.ts';
import { hostName } from './log-host.ts';
import { withoutPrefix } from './log-prefix.ts';
import type { Hit } from './page-view.ts';
import { quoted } from './quoted.ts';

/** Timers such as `10/0/30/69/109`, of which some may be `-1` or `+109`. */
const TIMERS = /^[+-]?\d+(?:\/[+-]?\d+){3,4}$/;
/** Words from the client's address to the queues. */
const WORDS = 12;

/** HAProxy writes what is not printable, and its own delimiters, as `#` and two digits. */
const decoded = (text: string) =>
  text.replace(/#([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

type Captured = Pick<Hit, 'host' | 'referrer' | 'userAgent' | 'forwarded'>;

/** What captured headers are is told by how they look: a log does not say which ones it captures. */
const LOOKS: readonly (readonly [keyof Captured, (text: string) => boolean])[] = [
  ['referrer', (text) => /^(?:https?|android-app):\/\//i.test(text)],
  ['forwarded', isAddressList],
  ['host', (text) => hostName(text) !== undefined && /\.|^localhost/.test(text)],
  ['userAgent', (text) => /[a-z]\/\d/i.test(text)],
];

/** Headers between braces, `{shop.example|Mozilla/5.0 …}`; of two groups the first is of the request. */
function readCaptured(text: string): Captured {
  const captured: Captured = {};
  const end = text.indexOf('}');
  if (!text.startsWith('{') || end === -1) return captured;
  for (const header of text.slice(1, end).split('|', 32)) {
    const value = decoded(header);
    const [name] = LOOKS.find(([, fits]) => fits(value)) ?? [];
    if (name !== undefined) captured[name] ??= value;
  }
  return captured;
}

/**
 * A line of HAProxy's HTTP log (`option httplog`), carried by syslog or bare. Its time has no zone and is taken for UTC; host, referrer
 * and agent are there only where the configuration captures them. Null when it is none.
 */
export function parseHaproxy(carried: string): Hit | null {
  const line = withoutPrefix(carried);
  const words = line.split(' ', WORDS);
  const [client = '', time = '', , , timers = '', status = ''] = words;
  const [, ip] = /^(\S+):\d{1,5}$/.exec(client) ?? [];
  const [, written] = /^\[([^\]]+)\]$/.exec(time) ?? [];
  if (ip === undefined || written === undefined) return null;
  if (words.length < WORDS || !TIMERS.test(timers) || !/^(?:\d{3}|-1)$/.test(status)) return null;
  const rest = line.slice(words.join(' ').length + 1);
  const opens = rest.startsWith('"') ? 0 : rest.indexOf(' "') + 1;
  const request = rest[opens] === '"' ? quoted(rest, opens + 1) : null;
  if (request === null) return null;
  const [method = '', target = ''] = decoded(request.text).split(' ');
  const [, host] = /^https?:\/\/([^/?#]+)/i.exec(target) ?? [];
  return {
    ...(host === undefined ? {} : { host }),
    ...readCaptured(rest),
    at: parseImportInstant(written),
    method,
    target,
    status: Number(status),
    ip,
  };
}
