import { parseImportInstant } from './instant.ts';
import type { Hit } from './page-view.ts';
import { plainText } from './plain-text.ts';

/**
 * Names under which JSON logs have each field, the first that is there counts: what Caddy writes, what nginx' variables are called,
 * and what its users, Traefik and others make of them. A dot leads into an object.
 */
const NAMES = {
  at: ['ts', 'msec', 'time_iso8601', '@timestamp', 'timestamp', 'time_local', 'time', 'datetime', 'StartUTC'],
  method: ['request.method', 'request_method', 'method', 'RequestMethod'],
  target: ['request.uri', 'request_uri', 'uri', 'path', 'url', 'RequestPath'],
  args: ['args', 'query_string'],
  status: ['status', 'status_code', 'response_status', 'DownstreamStatus'],
  ip: [
    'request.client_ip',
    'request.remote_ip',
    'client_ip',
    'remote_addr',
    'remote_ip',
    'clientip',
    'ClientHost',
    'ip',
  ],
  forwarded: [
    'request.headers.X-Forwarded-For',
    'http_x_forwarded_for',
    'x_forwarded_for',
    'request_X-Forwarded-For',
    'xff',
  ],
  host: ['request.host', 'http_host', 'host', 'server_name', 'vhost', 'RequestHost'],
  scheme: ['scheme', 'http_x_forwarded_proto', 'RequestScheme'],
  referrer: [
    'request.headers.Referer',
    'http_referer',
    'http_referrer',
    'referer',
    'referrer',
    'request_Referer',
  ],
  userAgent: [
    'request.headers.User-Agent',
    'http_user_agent',
    'user_agent',
    'userAgent',
    'agent',
    'request_User-Agent',
  ],
  contentType: [
    'resp_headers.Content-Type',
    'sent_http_content_type',
    'content_type',
    'downstream_Content-Type',
  ],
} as const;

type Field = keyof typeof NAMES;

function at(row: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = row;
  for (const name of Object.hasOwn(row, path) ? [path] : path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  // Caddy keeps a list of each header.
  return Array.isArray(value) ? value[0] : value;
}

function readField(row: Readonly<Record<string, unknown>>, field: Field): unknown {
  for (const name of NAMES[field]) {
    const value = at(row, name);
    if (value !== undefined && value !== null && value !== '' && typeof value !== 'object') return value;
  }
  return undefined;
}

function readText(row: Readonly<Record<string, unknown>>, field: Field): string | undefined {
  const value = readField(row, field);
  return value === undefined ? undefined : plainText(value);
}

/** Method and address of a row: apart, or as the first line of the request. */
function parseRequest(row: Readonly<Record<string, unknown>>): [method: string, target: string] | null {
  const line = at(row, 'request') ?? at(row, 'request_line');
  if (typeof line === 'string') {
    const [method = '', target = ''] = line.split(' ');
    return [method, target];
  }
  const [method, target, args] = [readText(row, 'method'), readText(row, 'target'), readText(row, 'args')];
  if (target === undefined) return null;
  return [method ?? 'GET', args === undefined || target.includes('?') ? target : `${target}?${args}`];
}

/** Whether a row of JSON is a line of an access log rather than something else. */
export function isJsonLog(row: Readonly<Record<string, unknown>>): boolean {
  return readField(row, 'status') !== undefined && parseRequest(row) !== null;
}

/** A line of a log that a web server writes as JSON; null when it is none, such as what Caddy says of itself. */
export function parseJsonLog(row: Readonly<Record<string, unknown>>): Hit | null {
  const request = parseRequest(row);
  const status = Number(readField(row, 'status'));
  if (request === null || !Number.isInteger(status)) return null;
  const [method, target] = request;
  const forwarded = readText(row, 'forwarded');
  return {
    at: parseImportInstant(readField(row, 'at')),
    method,
    target,
    status,
    ip: readText(row, 'ip'),
    ...(forwarded === undefined ? {} : { forwarded }),
    host: readText(row, 'host'),
    scheme: readText(row, 'scheme'),
    referrer: readText(row, 'referrer'),
    userAgent: readText(row, 'userAgent'),
    contentType: readText(row, 'contentType'),
  };
}
