/**
 * Endings of names that belong to one's own machine, network or cloud, whatever a server of DNS answers: RFC 6761, 6762, 8375, ICANN's
 * `.internal`, and what routers and offices use.
 */
const INNER_ENDINGS: ReadonlySet<string> = new Set([
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'arpa',
  'onion',
]);

/** Whether a host's name can be one of the public internet: it has a dot, and its ending is not an inner one. */
export function isPublicName(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  return labels.length > 1 && !INNER_ENDINGS.has(labels.at(-1) ?? '');
}
