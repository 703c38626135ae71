import { reportStoreFailure } from '../errors.ts';

/** What a URL of Elasticsearch says. */
export type Address = {
  /** Base addresses of the nodes, without credentials. */
  nodes: readonly string[];
  auth: { username: string; password: string } | { apiKey: string } | null;
  /** SHA-256 fingerprint of the authority that signed the nodes' certificates. */
  caFingerprint: string | null;
  /** What the names of all indices and templates begin with. */
  prefix: string;
  /** Primary shards of an index. */
  shards: number;
  /** Copies of each shard; null: one as soon as there is a second node. */
  replicas: number | null;
  /** How often what nobody waits for becomes searchable, as Elasticsearch writes durations. */
  refresh: string;
};

const OPTIONS = ['prefix', 'shards', 'replicas', 'refresh', 'api_key', 'ca_fingerprint'];

const WHERE = 'REPORT_STORE_URL';

function refuse(message: string): never {
  throw reportStoreFailure('unknown_report_store', `${WHERE}: ${message}`, { where: WHERE });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    const said = `${WHERE}: what is percent-encoded in it is not text`;
    throw reportStoreFailure('unknown_report_store', said, { where: WHERE, cause });
  }
}

function parseNumber(
  options: URLSearchParams,
  name: string,
  { least, most }: { least: number; most: number },
) {
  const text = options.get(name);
  if (text === null) return null;
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < least || value > most)
    refuse(`${name} is a whole number from ${least} to ${most}`);
  return value;
}

function parseText(options: URLSearchParams, name: string, { rule, say }: { rule: RegExp; say: string }) {
  const text = options.get(name);
  if (text !== null && !rule.test(text)) refuse(`${name} is ${say}`);
  return text;
}

function parseAuth(userInfo: string | undefined, options: URLSearchParams): Address['auth'] {
  const apiKey = options.get('api_key');
  if (userInfo === undefined) return apiKey === null ? null : { apiKey };
  if (apiKey !== null) refuse('it has a user and an api_key: one of them is enough');
  const [username = '', password = ''] = userInfo.split(':').map(decoded);
  return { username, password };
}

function parseNode(scheme: string, host: string): string {
  const url = URL.parse(`${scheme}://${host}/`);
  if (url === null || url.hostname === '' || url.pathname !== '/') refuse('it names no host');
  return url.origin;
}

/**
 * Reads `http(s)://[user:password@]host:port[,host2:port…]/[?prefix=footfall-&shards=1&replicas=1&refresh=1s&api_key=…&ca_fingerprint=…]`.
 * @throws Failure `unknown_report_store` that names the variable and what is wrong in it, and never the password
 */
export function parseAddress(url: string): Address {
  const parts = /^(https?):\/\/(?:([^@/?#]*)@)?([^@/?#]+)\/?(?:\?([^#]*))?$/.exec(url);
  if (parts === null) refuse('it is written http(s)://[user:password@]host:port[,host:port]/[?options]');
  const [, scheme = '', userInfo, hosts = '', query = ''] = parts;
  const options = new URLSearchParams(query);
  const stranger = [...options.keys()].find((name) => !OPTIONS.includes(name));
  if (stranger !== undefined) refuse(`there is no option ${stranger}; known are ${OPTIONS.join(', ')}`);
  const prefix = { rule: /^[a-z][a-z0-9_-]{0,99}$/, say: 'of a-z, 0-9, - and _, and begins with a letter' };
  const duration = { rule: /^\d{1,6}(ms|s|m)$/, say: 'a duration such as 500ms or 1s' };
  const fingerprint = { rule: /^[0-9A-Fa-f:]{64,95}$/, say: 'a SHA-256 in hexadecimal digits' };
  return {
    nodes: hosts.split(',').map((host) => parseNode(scheme, host)),
    auth: parseAuth(userInfo, options),
    caFingerprint: parseText(options, 'ca_fingerprint', fingerprint),
    prefix: parseText(options, 'prefix', prefix) ?? 'footfall-',
    shards: parseNumber(options, 'shards', { least: 1, most: 1_024 }) ?? 1,
    replicas: parseNumber(options, 'replicas', { least: 0, most: 20 }),
    refresh: parseText(options, 'refresh', duration) ?? '1s',
  };
}
