/** What stands in front of a server's own line when something else has carried it, each to its end. */
const PREFIXES = [
  // syslog, RFC 5424: <134>1 2026-10-10T11:55:36Z host app 123 - -
  /^<\d{1,3}>1 \S{1,64} \S{1,255} \S{1,48} \S{1,128} \S{1,32} (?:-|\[[^\]]{0,500}\])(?: \ufeff?|$)/,
  // syslog with the time in ISO 8601, as rsyslog and Fastly write it: <134>2026-10-10T11:55:36Z host app[123]:
  /^(?:<\d{1,3}>)?\d{4}-\d{2}-\d{2}T[\d:.]{5,18}(?:Z|[+-]\d{2}:?\d{2}) \S{1,255} [^\s:]{1,200}: /,
  // syslog, RFC 3164: Oct 10 11:55:36 host app[123]:
  /^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} (?:\S{1,255} )?[^\s:]{1,200}: /,
  // Kubernetes (CRI): 2026-10-10T11:55:36.123456789Z stdout F
  /^\d{4}-\d{2}-\d{2}T[\d:.]{5,18}(?:Z|[+-]\d{2}:\d{2}) std(?:out|err) [FP] /,
  // docker compose logs: web-1  |
  /^[\w.-]{1,100} +\| /,
];

/** A line without what syslog, Kubernetes or Docker Compose put in front of it. */
export function withoutPrefix(line: string): string {
  for (const prefix of PREFIXES) {
    const [found] = prefix.exec(line) ?? [];
    if (found !== undefined) return line.slice(found.length);
  }
  return line;
}
