import { eventStoreFailure } from '../errors.ts';

/** How many replicas must have answered: within the data center, or among all of them. */
export const CONSISTENCIES = ['local_quorum', 'quorum'] as const;
export type Consistency = (typeof CONSISTENCIES)[number];

/** What `cassandra://[user:password@]host:port,…/keyspace?dc=…` says. */
export type CassandraUrl = {
  /** `host:port`, at least one. */
  hosts: string[];
  keyspace: string;
  /** The data center that is read and written; its nodes alone are asked. */
  dataCenter: string;
  consistency: Consistency;
  /** Copies that `prepare` gives a keyspace it creates; absent: three, or as many as the data center has nodes. */
  replication?: number;
  tls: boolean;
  credentials?: { username: string; password: string };
};

const SHAPE = /^cassandra:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^/?#]*))?(?:\?([^#]*))?$/;
const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;
const KEYSPACE = /^[a-z][a-z0-9_]{0,47}$/;
const DATA_CENTER = /^[\w.-]+$/;
const DEFAULT_PORT = 9042;
const PARAMETERS = ['dc', 'replication', 'consistency', 'tls'];

function refuse(what: string): never {
  throw eventStoreFailure('bad_url', what, { where: 'EVENT_STORE_URL' });
}

function parseHost(text: string): string {
  const match = HOST.exec(text);
  if (match === null) refuse(`${JSON.stringify(text)} is not a host:port`);
  const port = Number(match[1] ?? DEFAULT_PORT);
  if (port < 1 || port > 65_535) refuse(`${port} is not a port`);
  return match[1] === undefined ? `${text}:${port}` : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw eventStoreFailure('bad_url', 'user or password has a % that is not followed by two hex digits', {
      where: 'EVENT_STORE_URL',
      cause: error,
    });
  }
}

function parseCredentials(text: string | undefined): Pick<CassandraUrl, 'credentials'> {
  if (text === undefined) return {};
  const colon = text.indexOf(':');
  if (colon < 1) refuse('before the @ stands user:password');
  return {
    credentials: { username: decoded(text.slice(0, colon)), password: decoded(text.slice(colon + 1)) },
  };
}

function parseReplication(text: string | null): Pick<CassandraUrl, 'replication'> {
  if (text === null) return {};
  if (!/^[1-9]\d?$/.test(text)) refuse(`replication=${text} is not a number of copies`);
  return { replication: Number(text) };
}

/** @throws Failure `bad_url`, which names EVENT_STORE_URL and never says a password. */
export function parseCassandraUrl(url: string): CassandraUrl {
  const match = SHAPE.exec(url);
  if (match === null) refuse('it is not of the form cassandra://host:port,host:port/keyspace');
  const [, login, hosts = '', path = '', query = ''] = match;
  const keyspace = path === '' ? 'footfall' : path;
  if (!KEYSPACE.test(keyspace))
    refuse(`${JSON.stringify(keyspace)} is not a keyspace: a-z, 0-9 and _, at most 48`);
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) refuse(`there is no ${name}; known are ${PARAMETERS.join(', ')}`);
  }
  const asked = parameters.get('consistency') ?? 'local_quorum';
  const consistency = CONSISTENCIES.find((one) => one === asked);
  if (consistency === undefined) refuse(`consistency=${asked} is none of ${CONSISTENCIES.join(', ')}`);
  const dataCenter = parameters.get('dc') || 'datacenter1';
  if (!DATA_CENTER.test(dataCenter)) refuse(`dc=${dataCenter} is not a data center`);
  const tls = parameters.get('tls') ?? '0';
  if (tls !== '0' && tls !== '1') refuse(`tls=${tls} is neither 0 nor 1`);
  return {
    hosts: hosts.split(',').map(parseHost),
    keyspace,
    dataCenter,
    consistency,
    tls: tls === '1',
    ...parseReplication(parameters.get('replication')),
    ...parseCredentials(login),
  };
}
