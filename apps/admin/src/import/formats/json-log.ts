import { isJsonObject } from '@footfall/core/json';
import { parseCombined } from './combined-log.ts';
import { parseImportInstant } from './instant.ts';
import type { Hit } from './page-view.ts';
import { plainText } from './plain-text.ts';
import { parseW3cRow } from './w3c-log.ts';

/**
 * Names under which JSON logs have each field, the first that is there counts: what Caddy writes, what nginx' variables are called,
 * what its users, Traefik, Envoy and Fastly make of them, Cloudflare's Logpush, Google's load balancer (`httpRequest`) and Elastic's
 * schema. A dot leads into an object.
 */
const NAMES = {
  method: [
    'request.method',
    'request_method',
    'method',
    'verb',
    'RequestMethod',
    'ClientRequestMethod',
    'httpRequest.requestMethod',
    'http.request.method',
  ],
  target: [
    'request.uri',
    'request_uri',
    'uri',
    'path',
    'url',
    'RequestPath',
    'ClientRequestURI',
    'httpRequest.requestUrl',
    'url.original',
    'url.path',
  ],
  args: ['args', 'query_string', 'url.query'],
  status: [
    'status',
    'status_code',
    'response_status',
    'response_code',
    'DownstreamStatus',
    'EdgeResponseStatus',
    'httpRequest.status',
    'http.response.status_code',
  ],
  ip: [
    'request.client_ip',
    'request.remote_ip',
    'request.remote_addr',
    'client_ip',
    'remote_addr',
    'remote_ip',
    'clientip',
    'ClientHost',
    'ClientIP',
    'httpRequest.remoteIp',
    'client.ip',
    'source.ip',
    'source.address',
    'remote_host',
    'ip',
  ],
  /** Envoy has the client there, and a proxy's address in `connected`. */
  forwarded: [
    'request.headers.X-Forwarded-For',
    'http_x_forwarded_for',
    'x_forwarded_for',
    'request_X-Forwarded-For',
    'xff',
  ],
  connected: ['downstream_remote_address', 'downstream_direct_remote_address'],
  host: [
    'request.host',
    'http_host',
    'host',
    'server_name',
    'vhost',
    'authority',
    'RequestHost',
    'ClientRequestHost',
    'url.domain',
  ],
  scheme: ['scheme', 'http_x_forwarded_proto', 'RequestScheme', 'ClientRequestScheme', 'url.scheme'],
  referrer: [
    'request.headers.Referer',
    'http_referer',
    'http_referrer',
    'referer',
    'referrer',
    'request_referer',
    'request_Referer',
    'ClientRequestReferer',
    'httpRequest.referer',
    'http.request.referrer',
  ],
  userAgent: [
    'request.headers.User-Agent',
    'http_user_agent',
    'user_agent',
    'userAgent',
    'agent',
    'request_user_agent',
    'request_User-Agent',
    'ClientRequestUserAgent',
    'httpRequest.userAgent',
    'user_agent.original',
  ],
  contentType: [
    'resp_headers.Content-Type',
    'sent_http_content_type',
    'content_type',
    'downstream_Content-Type',
    'EdgeResponseContentType',
  ],
} as const;

/** Names of the time; the first that is one counts. */
const TIMES = [
  'ts',
  'msec',
  'time_iso8601',
  '@timestamp',
  'timestamp',
  'time_local',
  'time',
  'datetime',
  'date',
  'start_time',
  'time_start',
  'StartUTC',
  'EdgeStartTimestamp',
];

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

/** The host of an absolute address; Google's load balancer says it nowhere else. */
const absoluteHost = (target: string): string | undefined => /^https?:\/\/([^/?#]+)/i.exec(target)?.[1];

/** A row's time, in one field or as a day and the time of it. */
function readInstantField(row: Readonly<Record<string, unknown>>): number | null {
  for (const name of TIMES) {
    const value = at(row, name);
    const [date, time] = [at(row, 'date'), at(row, 'time')];
    // As a time of its own the day would be its midnight.
    const isDay = name === 'date' && typeof time === 'string' && /^\d{2}:\d{2}:\d{2}/.test(time);
    const found = parseImportInstant(isDay ? `${plainText(date)} ${time}` : value);
    if (found !== null) return found;
  }
  return null;
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

/** Names under which Docker, Fluent Bit, journald and Google keep the line that a server wrote. */
const CARRIED = ['log', 'message', 'MESSAGE', 'msg', 'textPayload', 'jsonPayload'];

/** The hit of a server's own line that something else has put into its JSON. */
function parseCarried(row: Readonly<Record<string, unknown>>): Hit | null {
  for (const name of CARRIED) {
    const carried = at(row, name);
    if (isJsonObject(carried)) return parseRow(carried);
    if (typeof carried !== 'string') continue;
    const line = carried.trimEnd();
    const hit = line.startsWith('{') ? parseText(line) : parseCombined(line);
    if (hit !== null) return hit;
  }
  return null;
}

function parseText(text: string): Hit | null {
  try {
    const row: unknown = JSON.parse(text);
    return isJsonObject(row) ? parseRow(row) : null;
  } catch {
    // It only began like an object.
    return null;
  }
}

function parseRow(row: Readonly<Record<string, unknown>>): Hit | null {
  const request = parseRequest(row);
  const status = Number(readField(row, 'status'));
  if (request === null || !Number.isInteger(status)) return parseW3cRow(row);
  const [method, target] = request;
  const [forwarded, ip] = [readText(row, 'forwarded'), readText(row, 'ip')];
  return {
    at: readInstantField(row),
    method,
    target,
    status,
    // Without a client's address of its own the log has it in the list.
    ip: ip ?? [forwarded, readText(row, 'connected')].filter((list) => list !== undefined).join(','),
    ...(forwarded === undefined ? {} : { forwarded }),
    host: readText(row, 'host') ?? absoluteHost(target),
    scheme: readText(row, 'scheme'),
    referrer: readText(row, 'referrer'),
    userAgent: readText(row, 'userAgent'),
    contentType: readText(row, 'contentType'),
  };
}

/** A line of a log that a web server writes as JSON; null when it is none, such as what Caddy says of itself. */
export function parseJsonLog(row: Readonly<Record<string, unknown>>): Hit | null {
  return parseRow(row) ?? parseCarried(row);
}

/** Whether a row of JSON is a line of an access log rather than something else. */
export function isJsonLog(row: Readonly<Record<string, unknown>>): boolean {
  return parseJsonLog(row) !== null;
}
