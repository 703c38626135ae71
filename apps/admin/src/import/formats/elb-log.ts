import { statedAddress } from '@footfall/core/ip';
import { parseImportInstant } from './instant.ts';
import type { Hit } from './page-view.ts';
import { lineFields } from './quoted.ts';

/** What a line of an Application Load Balancer begins with; a Classic Load Balancer leaves it out. */
const KINDS: ReadonlySet<string> = new Set(['http', 'https', 'h2', 'grpc', 'grpcs', 'ws', 'wss']);
const REQUEST = /^(\S+) ([a-z]+):\/\/([^/?# ]+)(\S*)/i;

/** The address of `address:port`, where IPv6 may be without brackets. */
function addressBeforePort(text: string): string | undefined {
  return statedAddress(text.startsWith('[') ? text : text.replace(/:\d{1,5}$/, ''));
}

/**
 * A line of an access log of AWS' Application or Classic Load Balancer, by the order of its fields. The load balancer notes no referrer,
 * and the client as it is connected to it. Null when it is none.
 */
export function parseElb(line: string): Hit | null {
  const all = lineFields(line);
  const fields = KINDS.has(all?.[0]?.text ?? '') ? all?.slice(1) : all;
  const [time, , client, , , , , status, , , , request, agent] = fields ?? [];
  if (!request?.isQuoted || !/^(?:\d{3}|-)$/.test(status?.text ?? '')) return null;
  const at = parseImportInstant(time?.text);
  const ip = addressBeforePort(client?.text ?? '');
  if (at === null || ip === undefined) return null;
  const [, method = '', scheme, host, target = ''] = REQUEST.exec(request.text) ?? [];
  return {
    at,
    method,
    target,
    status: Number(status?.text),
    ip,
    host,
    scheme: scheme?.toLowerCase() === 'http' ? 'http' : 'https',
    userAgent: agent?.isQuoted ? agent.text : undefined,
  };
}
