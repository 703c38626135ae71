import { parseImportInstant } from './instant.ts';
import { withoutPrefix } from './log-prefix.ts';
import type { Hit } from './page-view.ts';

const LINE =
  /^(\S+) "?-"? "?-"? ([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT) ([A-Z]+) (\S+) (\d{3})\s*$/;

/**
 * A line in version 1 of Fastly's log format, carried by syslog or bare: neither referrer nor agent. (Version 2 is the common format,
 * and what Fastly itself advises is JSON.) Null when it is none.
 */
export function parseFastly(carried: string): Hit | null {
  const [, ip, time, method = '', target = '', status] = LINE.exec(withoutPrefix(carried)) ?? [];
  if (status === undefined) return null;
  return { at: parseImportInstant(time), method, target, status: Number(status), ip };
}
