import path from 'node:path';
import { hideCredentials } from './hide-passwords.ts';
import { localUrl } from './local-url.ts';
import { defaultSender, type MailSender, type SmtpServer } from './mail.ts';
import { type Provider, type ProviderVariables, readProviders } from './providers.ts';
import { VARIABLES, type Variable, type VariableName } from './variables.ts';

/** Paths of PEM files. */
export type TlsFiles = { certFile: string; keyFile: string };

/** How Stripe is asked. */
export type StripeConfig = {
  secretKey: string;
  /** Null: what it sends is not believed. */
  webhookSecret: string | null;
  /** Another address than its own. */
  apiBase: string | undefined;
  /** Whether Stripe works taxes out. */
  tax: boolean;
};

function readStripe(environment: Environment): StripeConfig | null {
  const secretKey = read(environment, 'STRIPE_SECRET_KEY');
  const webhookSecret = read(environment, 'STRIPE_WEBHOOK_SECRET') ?? null;
  const apiBase = read(environment, 'STRIPE_API_BASE');
  const tax = read(environment, 'STRIPE_TAX') === 'on';
  return secretKey === undefined ? null : { secretKey, webhookSecret, apiBase, tax };
}

/** What the environment says, checked. Times are milliseconds, ports numbers; unset URLs stay `undefined` until the database is known. */
export type Config = {
  webPort: number;
  collectorPort: number;
  processorPort: number;
  aggregatorPort: number;
  schedulerPort: number;
  /** An IP address, of IPv6 without brackets. */
  listenHost: string;
  /** Files of the certificate and its key; null: plain HTTP. */
  tls: TlsFiles | null;
  /** Bearer token for metrics from other machines. */
  metricsToken: string | undefined;
  /** An origin, without a slash at the end. */
  webUrl: string;
  /** May have a path; without a slash at the end. */
  collectorUrl: string;
  dataDir: string;
  factsDir: string;
  /** Files of the operator's databases of places; none: the one of countries that is installed. */
  geoDatabases: readonly string[];
  /** Megabytes; 0: none. */
  collectorSpoolMaxMb: number;
  /** Processes. */
  collectorWorkers: number;
  /** Of one address; 0: any number. */
  collectorRequestsPerSecond: number;
  /** Of one address for one site; 0: any number. */
  collectorEventsPerSecond: number;
  /** What is known of sites, plans and keys stands this long. */
  directoryTtlMs: number;
  demo: boolean;
  /** Whether the portal serves `/internal/…`. */
  internalPages: boolean;
  secret: string | undefined;
  /** Who may make an account in the portal. */
  signUp: 'open' | 'invited' | 'closed';
  /** Whom people may sign in with besides their password, in the order of the buttons. */
  providers: readonly Provider[];
  /** Origins of teams' own providers that are asked although they are not on the public internet. */
  signOnOrigins: readonly string[];
  /** Sessions end so long after they began. */
  sessionMaxMs: number;
  /** Sessions end so long after they were last used. */
  sessionIdleMs: number;
  /** Days that entries of the audit are kept; 0: for ever. */
  auditRetentionDays: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Addresses and networks. */
  trustedProxies: readonly string[];
  dnsServers: readonly string[];
  databaseUrl: string | undefined;
  operatorDatabaseUrl: string | undefined;
  eventLogUrl: string | undefined;
  eventStoreUrl: string | undefined;
  reportStoreUrl: string | undefined;
  /** Where mails are sent through; null: they are kept. */
  smtp: SmtpServer | null;
  mailFrom: MailSender;
  /** Null: billing is off. */
  stripe: StripeConfig | null;
};

/** A variable with a value that cannot be used: its message is one line with the name, what was wrong and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variable: string;

  constructor(variable: string, problem: string, example: string) {
    super(`${variable} ${problem}, for example ${variable}=${example}`);
    this.variable = variable;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
type Value<Name extends VariableName> = (typeof VARIABLES)[Name]['schema']['_output'];

function read<Name extends VariableName>(environment: Environment, name: Name): Value<Name> {
  const variable: Variable = VARIABLES[name];
  const text = environment[name];
  const result = variable.schema.safeParse(text === '' ? undefined : text);
  if (result.success) return result.data as Value<Name>;
  const problem = result.error.issues[0]?.message ?? 'is not valid';
  const shown = variable.secret
    ? 'what it is stays secret'
    : `it is ${JSON.stringify(hideCredentials(text ?? ''))}`;
  throw new ConfigError(name, `${problem} (${shown})`, variable.example);
}

const PORTS = ['WEB_PORT', 'COLLECTOR_PORT', 'PROCESSOR_PORT', 'AGGREGATOR_PORT', 'SCHEDULER_PORT'] as const;

function checkPortsDiffer(environment: Environment): void {
  const taken = new Map<number, VariableName>();
  for (const name of PORTS) {
    const port = read(environment, name);
    const other = taken.get(port);
    if (port !== 0 && other !== undefined)
      throw new ConfigError(
        name,
        `must differ from ${other} (both are ${port})`,
        String(port < 65_535 ? port + 1 : port - 1),
      );
    taken.set(port, name);
  }
}

function readTlsFiles(environment: Environment): TlsFiles | null {
  const [certFile, keyFile] = [read(environment, 'TLS_CERT'), read(environment, 'TLS_KEY')];
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile === undefined && keyFile === undefined) return null;
  const [missing, given] = certFile === undefined ? ['TLS_CERT', 'TLS_KEY'] : ['TLS_KEY', 'TLS_CERT'];
  throw new ConfigError(
    missing,
    `must be set where ${given} is`,
    VARIABLES[missing as 'TLS_CERT' | 'TLS_KEY'].example,
  );
}

const PROVIDER_VARIABLES = [
  'GOOGLE_CLIENT_ID',
  'GOOGLE_CLIENT_SECRET',
  'GITHUB_CLIENT_ID',
  'GITHUB_CLIENT_SECRET',
  'GITHUB_URL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME',
] as const satisfies readonly (keyof ProviderVariables)[];

function readSignInProviders(environment: Environment): Provider[] {
  const entries = PROVIDER_VARIABLES.map((name) => [name, read(environment, name)]);
  return readProviders(Object.fromEntries(entries) as ProviderVariables, (missing, given) => {
    throw new ConfigError(missing, `must be set where ${given} is`, VARIABLES[missing].example);
  });
}

/**
 * Reads and checks the whole environment.
 * @throws ConfigError naming the first variable that cannot be used.
 */
export function readConfig(environment: Environment = process.env): Config {
  checkPortsDiffer(environment);
  const webPort = read(environment, 'WEB_PORT');
  const collectorPort = read(environment, 'COLLECTOR_PORT');
  const listenHost = read(environment, 'LISTEN_HOST');
  const dataDir = read(environment, 'FOOTFALL_DATA_DIR');
  const tls = readTlsFiles(environment);
  const urlAt = (port: number) => localUrl({ listenHost, tls }, port);
  const webUrl = read(environment, 'WEB_URL') ?? urlAt(webPort);
  return {
    webPort,
    collectorPort,
    processorPort: read(environment, 'PROCESSOR_PORT'),
    aggregatorPort: read(environment, 'AGGREGATOR_PORT'),
    schedulerPort: read(environment, 'SCHEDULER_PORT'),
    listenHost,
    tls,
    metricsToken: read(environment, 'METRICS_TOKEN'),
    webUrl,
    collectorUrl: read(environment, 'COLLECTOR_URL') ?? urlAt(collectorPort),
    dataDir,
    factsDir: read(environment, 'FOOTFALL_FACTS_DIR') ?? path.join(dataDir, 'facts'),
    geoDatabases: read(environment, 'GEO_DATABASE'),
    collectorSpoolMaxMb: read(environment, 'COLLECTOR_SPOOL_MAX_MB'),
    collectorWorkers: read(environment, 'COLLECTOR_WORKERS'),
    collectorRequestsPerSecond: read(environment, 'COLLECTOR_REQUESTS_PER_SECOND'),
    collectorEventsPerSecond: read(environment, 'COLLECTOR_EVENTS_PER_SECOND'),
    directoryTtlMs: read(environment, 'DIRECTORY_TTL_SECONDS') * 1_000,
    demo: read(environment, 'FOOTFALL_DEMO'),
    internalPages: read(environment, 'FOOTFALL_INTERNAL_PAGES'),
    secret: read(environment, 'FOOTFALL_SECRET'),
    signUp: read(environment, 'SIGN_UP'),
    providers: readSignInProviders(environment),
    signOnOrigins: read(environment, 'SIGN_ON_ORIGINS'),
    sessionMaxMs: read(environment, 'SESSION_MAX_SECONDS') * 1_000,
    sessionIdleMs: read(environment, 'SESSION_IDLE_SECONDS') * 1_000,
    auditRetentionDays: read(environment, 'AUDIT_RETENTION_DAYS'),
    logLevel: read(environment, 'LOG_LEVEL'),
    trustedProxies: read(environment, 'TRUSTED_PROXIES'),
    dnsServers: read(environment, 'DNS_SERVERS'),
    databaseUrl: read(environment, 'DATABASE_URL'),
    operatorDatabaseUrl: read(environment, 'OPERATOR_DATABASE_URL'),
    eventLogUrl: read(environment, 'EVENT_LOG_URL'),
    eventStoreUrl: read(environment, 'EVENT_STORE_URL'),
    reportStoreUrl: read(environment, 'REPORT_STORE_URL'),
    smtp: read(environment, 'SMTP_URL'),
    mailFrom: read(environment, 'MAIL_FROM') ?? defaultSender(webUrl),
    stripe: readStripe(environment),
  };
}

/** What a service cannot do without: the supervisor has filled it in, or the operator must. */
export type ServiceConfig = Config & {
  databaseUrl: string;
  operatorDatabaseUrl: string;
  eventLogUrl: string;
  eventStoreUrl: string;
  reportStoreUrl: string;
  secret: string;
};

/**
 * The configuration of one service: like {@link readConfig}, with the database and the secret required and the three
 * stores defaulting to the database.
 * @throws ConfigError
 */
export function readServiceConfig(environment: Environment = process.env): ServiceConfig {
  const config = readConfig(environment);
  const { databaseUrl, secret } = config;
  if (databaseUrl === undefined)
    throw new ConfigError('DATABASE_URL', 'is required by a service', VARIABLES.DATABASE_URL.example);
  if (secret === undefined)
    throw new ConfigError('FOOTFALL_SECRET', 'is required by a service', VARIABLES.FOOTFALL_SECRET.example);
  return {
    ...config,
    databaseUrl,
    secret,
    operatorDatabaseUrl: config.operatorDatabaseUrl ?? databaseUrl,
    eventLogUrl: config.eventLogUrl ?? databaseUrl,
    eventStoreUrl: config.eventStoreUrl ?? databaseUrl,
    reportStoreUrl: config.reportStoreUrl ?? databaseUrl,
  };
}

/** The environment to start a service with: this process's own, with what only the supervisor knows filled in. */
export function serviceEnvironment(
  filledIn: Readonly<Partial<Record<VariableName | 'NODE_ENV', string>>>,
): Record<string, string | undefined> {
  // Node's four threads for files, names and passwords are DuckDB's too: four long reports would hold up signing in.
  return { UV_THREADPOOL_SIZE: '16', ...process.env, ...filledIn };
}

/** Sets what libraries insist on reading from this process's environment themselves; call it before they are loaded. */
export function passOn(variables: Readonly<Partial<Record<'NODE_ENV' | 'NEXTAUTH_URL', string>>>): void {
  Object.assign(process.env, variables);
}
