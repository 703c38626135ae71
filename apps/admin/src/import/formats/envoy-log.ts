import { parseImportInstant } from './instant.ts';
import { withoutPrefix } from './log-prefix.ts';
import type { Hit } from './page-view.ts';
import { quoted, quotedFields } from './quoted.ts';

/** The last quoted fields of Envoy's own format and of Istio's, which has one more before them. */
const LAST = 5;

/** Behind its quoted fields Istio notes four addresses; the last one is of whoever was connected. */
function connectedAddress(rest: string): string | undefined {
  return rest
    .slice(rest.lastIndexOf('"') + 1)
    .trim()
    .split(' ', 8)[3];
}

/**
 * A line of an access log in Envoy's default format, or in Istio's. The list of forwarded addresses is the client's; there is no
 * referrer. Null when it is none.
 */
export function parseEnvoy(carried: string): Hit | null {
  const line = withoutPrefix(carried);
  const [head = '', time] = /^\[([^\]]{10,40})\] "/.exec(line) ?? [];
  const request = time === undefined ? null : quoted(line, head.length);
  if (request === null) return null;
  const [, status, rest = ''] = /^ (\d{1,3}) (\S.*)$/s.exec(line.slice(request.end + 1)) ?? [];
  const fields = quotedFields(` ${rest}`);
  if (status === undefined || fields.length < LAST || fields.includes(null)) return null;
  const [forwarded, agent, , host] = fields.slice(-LAST);
  const [method = '', target = ''] = request.text.split(' ');
  return {
    at: parseImportInstant(time),
    method,
    target,
    status: Number(status),
    ip: forwarded === '-' ? connectedAddress(rest) : (forwarded ?? undefined),
    host: host ?? undefined,
    userAgent: agent ?? undefined,
  };
}
