import { eventLogFailure } from '../errors.ts';

/** What an EVENT_LOG_URL that begins with kafka:// says. */
export type KafkaUrl = {
  /** `host:port` of the brokers to ask first. */
  brokers: readonly string[];
  sasl: { mechanism: SaslMechanism; username: string; password: string } | null;
  tls: boolean;
  /** Whose streams are written. */
  region: string;
  /** Whose streams are read; the first is not special. */
  regions: readonly string[];
  /** In front of all names of topics and groups. */
  prefix: string;
  /** Of each stream when it is created. */
  partitions: number;
  /** Copies of each partition when it is created; null: three, or as many as there are brokers. */
  replication: number | null;
};

export type SaslMechanism = 'plain' | 'scram-sha-256' | 'scram-sha-512';

const EXAMPLE = 'kafka://broker-1:9092,broker-2:9092?region=eu';
const MECHANISMS: readonly SaslMechanism[] = ['plain', 'scram-sha-256', 'scram-sha-512'];
const PARTS = /^kafka:\/\/(?:(?<user>[^@/?#]*)@)?(?<hosts>[^@/?#]*)\/?(?:\?(?<query>[^#]*))?$/i;
const BROKER = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?:\d{1,5}$/i;
const REGION = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Kafka's own rule for names; the length leaves room for a region and what comes behind it.
const PREFIX = /^[a-z0-9._-]{0,100}$/i;

// The text of the URL stays out of the message: it may hold a password.
function refuse(problem: string): never {
  const message = `EVENT_LOG_URL: ${problem}; it is such as ${EXAMPLE}`;
  throw eventLogFailure('bad_url', message, { where: 'EVENT_LOG_URL' });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('user and password are percent-encoded, and a % in them is not');
  }
}

function parseBrokers(hosts: string): string[] {
  const brokers = hosts.split(',').map((host) => (host.includes(':') ? host : `${host}:9092`));
  const wrong = brokers.find((broker) => !BROKER.test(broker) || Number(broker.split(':')[1]) > 65_535);
  if (wrong !== undefined) refuse(`${JSON.stringify(wrong)} is not a host:port`);
  return brokers;
}

function parseWhole(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return value > 0 ? value : refuse(`${name} is ${JSON.stringify(text)}, not a number from 1`);
}

function parseFlag(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '0') return false;
  return text === '1' || refuse(`${name} is ${JSON.stringify(text)}, neither 0 nor 1`);
}

function parseSasl(user: string | undefined, mechanism: string | undefined): KafkaUrl['sasl'] {
  if (user === undefined) return mechanism === undefined ? null : refuse('sasl needs a user and a password');
  const known = MECHANISMS.find((one) => one === (mechanism ?? 'scram-sha-512'));
  if (known === undefined) refuse(`sasl is one of ${MECHANISMS.join(', ')}`);
  const colon = user.indexOf(':');
  if (colon < 1) refuse('in front of the @ stand user and password with a colon between');
  const [username, password] = [user.slice(0, colon), user.slice(colon + 1)].map(decoded) as [string, string];
  return { mechanism: known, username, password };
}

function parseRegion(name: string, text: string): string {
  if (!REGION.test(text)) refuse(`${name} has ${JSON.stringify(text)}, and a region has a-z, 0-9 and -`);
  return text;
}

const OPTIONS = ['region', 'regions', 'prefix', 'partitions', 'replication', 'tls', 'sasl'] as const;

function parseOptions(query: string): Partial<Record<(typeof OPTIONS)[number], string>> {
  const given = [...new URLSearchParams(query)];
  const unknown = given.find(([name]) => !OPTIONS.some((option) => option === name));
  if (unknown !== undefined) refuse(`there is no option ${unknown[0]}; known are ${OPTIONS.join(', ')}`);
  const twice = given.find(([name], index) => given.findIndex(([other]) => other === name) < index);
  if (twice !== undefined) refuse(`the option ${twice[0]} is there twice`);
  return Object.fromEntries(given);
}

/**
 * Reads `kafka://[user:password@]host[:port],…[?region=eu][&regions=eu,us][&prefix=name.][&partitions=12][&replication=3][&tls=1][&sasl=…]`.
 * @throws Failure `bad_url`
 */
export function parseKafkaUrl(url: string): KafkaUrl {
  const parts = PARTS.exec(url)?.groups ?? refuse('it is not a URL of Kafka');
  const options = parseOptions(parts.query ?? '');
  const region = parseRegion('region', options.region ?? 'main');
  const regions = (options.regions ?? region).split(',').map((one) => parseRegion('regions', one));
  const prefix = options.prefix ?? '';
  if (!PREFIX.test(prefix)) refuse('prefix has a-z, 0-9, ., _ and - only, 100 at most');
  return {
    brokers: parseBrokers(parts.hosts ?? ''),
    sasl: parseSasl(parts.user, options.sasl),
    tls: parseFlag('tls', options.tls),
    region,
    regions: [...new Set(regions)],
    prefix,
    partitions: parseWhole('partitions', options.partitions) ?? 12,
    replication: parseWhole('replication', options.replication),
  };
}
