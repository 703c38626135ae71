import { isIP } from 'node:net';
import { z } from 'zod';
import { browserUrl } from './browser-url.ts';
import { mailSender, smtpServer } from './mail.ts';
import { originList, providerUrl } from './providers.ts';
import { proxyNetworks } from './proxy-networks.ts';
import { credentialsProblem } from './url-credentials.ts';

/**
 * Every environment variable, as data: what it means, its default, an example. Validation, `.env.example` and the
 * operators' page are made from this table. Unset and empty are the same.
 */
export type Variable = {
  schema: z.ZodType<unknown, string | undefined>;
  meaning: string;
  default: string;
  example: string;
  /** A value that must not be shown, not even when it is wrong. */
  secret?: true;
};

const port = (fallback: number, lowest = 1) =>
  z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return fallback;
      const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= lowest && value <= 65_535) return value;
      context.addIssue({ code: 'custom', message: `must be a port from ${lowest} to 65535` });
      return z.NEVER;
    });

const url = (protocols: readonly string[]) =>
  z
    .string()
    .optional()
    .superRefine((text, context) => {
      if (text === undefined) return;
      const unreadable = credentialsProblem(text);
      if (unreadable !== undefined) {
        context.addIssue({ code: 'custom', message: unreadable });
        return;
      }
      // Clusters are named host:port,host:port, which is not a URL for the standard: the first host stands for all.
      const isUrl = URL.canParse(text.replace(/,[^/?]*/, ''));
      if (isUrl && protocols.some((protocol) => text.toLowerCase().startsWith(`${protocol}//`))) return;
      const allowed = protocols.map((protocol) => `${protocol}//`).join(' or ');
      context.addIssue({ code: 'custom', message: `must be a URL that starts with ${allowed}` });
    });

/** An address to listen on. `localhost` is IPv4's; the brackets that addresses of IPv6 wear in URLs are taken off. */
const listenAddress = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined || text === 'localhost') return '127.0.0.1';
    const address = /^\[(.*)\]$/.exec(text)?.[1] ?? text;
    if (isIP(address) !== 0) return address;
    context.addIssue({ code: 'custom', message: 'must be an IP address of this machine' });
    return z.NEVER;
  });

/** An address, with a port if it is not 53; of IPv6 in brackets then. */
const DNS_SERVER = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::\d{1,5})?$/;

const dnsServers = z
  .string()
  .optional()
  .transform((text, context) => {
    const listed = (text ?? '').split(',').flatMap((part) => part.trim() || []);
    const address = (part: string) => {
      const [, bracketed, plain] = DNS_SERVER.exec(part) ?? [];
      return bracketed ?? plain ?? part;
    };
    const wrong = listed.find((part) => isIP(address(part)) === 0);
    if (wrong === undefined) return listed;
    context.addIssue({ code: 'custom', message: `must be IP addresses, and ${wrong} is not one` });
    return z.NEVER;
  });

/** Paths with commas. */
const files = z
  .string()
  .optional()
  .transform((text) => (text ?? '').split(',').flatMap((part) => part.trim() || []));

/** A whole number of something, `lowest` or more. */
const whole = (of: string, fallback: number, lowest = 0) =>
  z
    .string()
    .optional()
    .transform((text, context) => {
      if (text === undefined) return fallback;
      if (/^\d{1,9}$/.test(text) && Number(text) >= lowest) return Number(text);
      context.addIssue({ code: 'custom', message: `must be a whole number of ${of}, ${lowest} or more` });
      return z.NEVER;
    });

/** A text of one line that another service has given, or a name. */
const credential = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.string().regex(/^[^\p{Cc}]{1,500}$/u, { error: 'must be one line of at most 500 characters' }))
  .optional();

const flag = (fallback: boolean) =>
  z
    .enum(['0', '1'], { error: 'must be 0 or 1' })
    .optional()
    .transform((text) => (text === undefined ? fallback : text === '1'));

/** A secret of somebody else's: white space around it comes from copying, and would be a wrong one. */
const secretText = z.string().regex(/^\S+$/, { error: 'must not have white space in it' }).optional();

const POSTGRES = ['postgres:', 'postgresql:'] as const;

export const VARIABLES = {
  WEB_PORT: { schema: port(3000), meaning: 'Port of the portal', default: '3000', example: '3000' },
  COLLECTOR_PORT: { schema: port(3001), meaning: 'Port of the collector', default: '3001', example: '3001' },
  PROCESSOR_PORT: {
    schema: port(0, 0),
    meaning: 'Port of the health endpoints of the processor; 0: any free one, which `admin status` shows',
    default: '0',
    example: '3002',
  },
  AGGREGATOR_PORT: {
    schema: port(0, 0),
    meaning: 'Port of the health endpoints of the aggregator; 0: any free one, which `admin status` shows',
    default: '0',
    example: '3003',
  },
  SCHEDULER_PORT: {
    schema: port(0, 0),
    meaning: 'Port of the health endpoints of the scheduler; 0: any free one, which `admin status` shows',
    default: '0',
    example: '3004',
  },
  LISTEN_HOST: {
    schema: listenAddress,
    meaning:
      'Address that all ports of all services listen on; 0.0.0.0 (or ::, with IPv6) in a container or behind a proxy on another machine',
    default: '127.0.0.1',
    example: '0.0.0.0',
  },
  TLS_CERT: {
    schema: z.string().optional(),
    meaning:
      'File of the certificate (PEM, with its chain) that every port answers with; with TLS_KEY. A new one is taken within seconds',
    default: 'none: plain HTTP',
    example: '/etc/footfall/fullchain.pem',
  },
  TLS_KEY: {
    schema: z.string().optional(),
    meaning: 'File of the private key (PEM) of TLS_CERT',
    default: 'none: plain HTTP',
    example: '/etc/footfall/privkey.pem',
  },
  METRICS_TOKEN: {
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/, { error: 'must have at least 16 characters, without blanks' })
      .optional(),
    meaning:
      'Bearer token for /metrics and the details of /readyz from other machines; unset: they answer loopback only',
    default: 'none',
    example: 'a-long-random-text',
    secret: true,
  },
  WEB_URL: {
    schema: browserUrl('refused'),
    meaning: 'Address of the portal as browsers see it: a host of its own, without a path',
    default: 'http://$LISTEN_HOST:$WEB_PORT',
    example: 'https://stats.example.com',
  },
  COLLECTOR_URL: {
    schema: browserUrl('allowed'),
    meaning:
      'Address of the collector as browsers see it; it stands in the snippets. A host of its own, or a path of the shop (https://shop.example.com/f) that a proxy passes on',
    default: 'http://$LISTEN_HOST:$COLLECTOR_PORT',
    example: 'https://in.example.com',
  },
  FOOTFALL_DATA_DIR: {
    schema: z
      .string()
      .optional()
      .transform((text) => text ?? '.footfall'),
    meaning: 'Folder of the embedded Postgres, the spool and the secrets',
    default: '.footfall',
    example: '/var/lib/footfall',
  },
  FOOTFALL_FACTS_DIR: {
    schema: z.string().optional(),
    meaning: 'Folder of the facts of closed days; the same for the aggregator and the portal',
    default: '$FOOTFALL_DATA_DIR/facts',
    example: '/var/lib/footfall/facts',
  },
  GEO_DATABASE: {
    schema: files,
    meaning:
      'File of a database of places in MaxMind’s format (MMDB; of MaxMind or DB-IP), for regions and cities, or several with commas; the same for collector and processor. A new one is taken within seconds',
    default: 'none: countries only, from the database that is installed',
    example: '/var/lib/geo/GeoLite2-City.mmdb',
  },
  COLLECTOR_SPOOL_MAX_MB: {
    schema: whole('megabytes', 4_096),
    meaning:
      'Megabytes that each collector may keep in `$FOOTFALL_DATA_DIR/spool` of what it took while the event log was away; 0: no spool, so it answers 503 then',
    default: '4096',
    example: '20000',
  },
  COLLECTOR_WORKERS: {
    schema: whole('processes', 1, 1),
    meaning:
      'Processes of the collector on this machine, which share its port; as many as it has cores for collecting',
    default: '1',
    example: '4',
  },
  COLLECTOR_REQUESTS_PER_SECOND: {
    schema: whole('requests', 1_000),
    meaning:
      'Requests a second that each process of the collector takes from one public address (IPv6: a /64) with the site key alone, ten times as many at once; 0: any number',
    default: '1000',
    example: '100',
  },
  COLLECTOR_EVENTS_PER_SECOND: {
    schema: whole('events', 100),
    meaning:
      'Events a second that each process of the collector takes for one site from one public address (IPv6: a /64) with the site key alone, ten times as many at once; 0: any number. Servers with an API key are not meant',
    default: '100',
    example: '20',
  },
  DIRECTORY_TTL_SECONDS: {
    schema: whole('seconds', 30, 1),
    meaning:
      'Seconds for which a service goes by what it knows of a site, a plan (10 at most) or an API key (10 at most) before it asks the database again; mostly it hears of a change of a site at once. The same on every machine',
    default: '30',
    example: '5',
  },
  FOOTFALL_DEMO: {
    schema: flag(true),
    meaning: '0: no demo tenant, no demo data',
    default: '1',
    example: '0',
  },
  FOOTFALL_INTERNAL_PAGES: {
    schema: flag(false),
    meaning:
      '1: the portal serves the pages of its own makers, such as /internal/components; 0: they are not there',
    default: '0',
    example: '1',
  },
  FOOTFALL_SECRET: {
    schema: z.string().min(32, { error: 'must have at least 32 characters' }).optional(),
    meaning:
      'Secret from which session and visitor keys are derived; the same on every machine of an installation',
    default: 'made on first start and kept in the data folder',
    example: 'a-long-random-text-of-32-characters-or-more',
    secret: true,
  },
  SIGN_UP: {
    schema: z
      .enum(['open', 'invited', 'closed'], { error: 'must be open, invited or closed' })
      .optional()
      .transform((text) => text ?? 'open'),
    meaning:
      'Who may make an account in the portal: anybody, those who were invited, or nobody; the operator can always (`admin create-tenant`)',
    default: 'open',
    example: 'closed',
  },
  GOOGLE_CLIENT_ID: {
    schema: credential,
    meaning:
      'Client of Google that people sign in with; with GOOGLE_CLIENT_SECRET. Redirect address: WEB_URL and /sign-in/callback/google',
    default: 'none',
    example: '1234.apps.googleusercontent.com',
  },
  GOOGLE_CLIENT_SECRET: {
    schema: credential,
    meaning: 'Secret of GOOGLE_CLIENT_ID',
    default: 'none',
    example: 'a-text-from-google',
    secret: true,
  },
  GITHUB_CLIENT_ID: {
    schema: credential,
    meaning:
      'OAuth app of GitHub that people sign in with; with GITHUB_CLIENT_SECRET. Redirect address: WEB_URL and /sign-in/callback/github',
    default: 'none',
    example: 'Iv1.0123456789abcdef',
  },
  GITHUB_CLIENT_SECRET: {
    schema: credential,
    meaning: 'Secret of GITHUB_CLIENT_ID',
    default: 'none',
    example: 'a-text-from-github',
    secret: true,
  },
  GITHUB_URL: {
    schema: providerUrl,
    meaning: 'Address of GitHub; of a GitHub Enterprise Server where you have your own',
    default: 'https://github.com',
    example: 'https://github.example.com',
  },
  OIDC_ISSUER: {
    schema: providerUrl,
    meaning:
      'Issuer of an OpenID Connect provider of your own that people sign in with; with OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. It must say `email_verified`. Redirect address: WEB_URL and /sign-in/callback/oidc',
    default: 'none',
    example: 'https://id.example.com/realms/main',
  },
  OIDC_CLIENT_ID: {
    schema: credential,
    meaning: 'Client at OIDC_ISSUER',
    default: 'none',
    example: 'footfall',
  },
  OIDC_CLIENT_SECRET: {
    schema: credential,
    meaning: 'Secret of OIDC_CLIENT_ID',
    default: 'none',
    example: 'a-text-from-the-provider',
    secret: true,
  },
  OIDC_NAME: {
    schema: credential,
    meaning: 'What people call the provider at OIDC_ISSUER; the button says: Continue with …',
    default: 'single sign-on',
    example: 'Kiln ID',
  },
  SIGN_ON_ORIGINS: {
    schema: originList,
    meaning:
      'Origins, comma-separated, of teams’ own providers of sign-in that are not on the public internet: no others there are asked on a team’s word',
    default: 'none',
    example: 'https://id.intranet.example,http://10.0.0.5:8080',
  },
  SESSION_MAX_SECONDS: {
    schema: whole('seconds', 30 * 24 * 3600, 1),
    meaning: 'Seconds after which a session of the portal ends, however much it is used',
    default: '2592000',
    example: '86400',
  },
  SESSION_IDLE_SECONDS: {
    schema: whole('seconds', 7 * 24 * 3600, 1),
    meaning: 'Seconds without a request after which a session of the portal ends',
    default: '604800',
    example: '3600',
  },
  AUDIT_RETENTION_DAYS: {
    schema: whole('days', 730),
    meaning:
      'Days that entries of the audit are kept: who signed in, what was changed; 0: for ever. What is older is deleted every night',
    default: '730',
    example: '365',
  },
  LOG_LEVEL: {
    schema: z
      .enum(['debug', 'info', 'warn', 'error'], { error: 'must be debug, info, warn or error' })
      .optional()
      .transform((text) => text ?? 'info'),
    meaning: 'Least severe line that a service logs',
    default: 'info',
    example: 'warn',
  },
  TRUSTED_PROXIES: {
    schema: proxyNetworks,
    meaning:
      'Reverse proxies whose X-Forwarded-For is believed, comma-separated: addresses, networks, or the names loopback, linklocal, uniquelocal, private (these three), cloudflare, fastly',
    default: 'none',
    example: 'loopback,10.0.0.0/8',
  },
  DNS_SERVERS: {
    schema: dnsServers,
    meaning:
      'Servers of DNS, comma-separated, that are asked for the hosts that merchants name (section Domains of docs/operating.md)',
    default: "the system's",
    example: '192.0.2.53,[2001:db8::53]:5353',
  },
  DATABASE_URL: {
    schema: url(POSTGRES),
    meaning: 'Postgres of tenants and plans',
    default: 'embedded Postgres',
    example: 'postgres://user:password@host:5432/footfall',
  },
  OPERATOR_DATABASE_URL: {
    schema: url(POSTGRES),
    meaning: "The same Postgres for the pages of the platform's staff, with a login of their own",
    default: 'the Postgres above',
    example: 'postgres://user:password@host:5432/footfall',
  },
  EVENT_LOG_URL: {
    schema: url([...POSTGRES, 'kafka:']),
    meaning: 'Event log: Kafka, or a Postgres',
    default: 'the Postgres above',
    example: 'kafka://host1:9092,host2:9092',
  },
  EVENT_STORE_URL: {
    schema: url([...POSTGRES, 'cassandra:']),
    meaning: 'Event store: Cassandra, or a Postgres',
    default: 'the Postgres above',
    example: 'cassandra://host1:9042,host2:9042/footfall?dc=datacenter1',
  },
  REPORT_STORE_URL: {
    schema: url([...POSTGRES, 'http:', 'https:']),
    meaning: 'Report store: Elasticsearch, or a Postgres',
    default: 'the Postgres above',
    example: 'http://host1:9200',
  },
  SMTP_URL: {
    schema: smtpServer,
    meaning:
      'Mail server that the scheduler sends through: smtp:// with STARTTLS where the server has it, smtps:// with TLS from the start. Unset: mails are kept for the operator and named in the log',
    default: 'none',
    example: 'smtp://user:password@smtp.example.com:587',
  },
  MAIL_FROM: {
    schema: mailSender,
    meaning: 'Whom mails are from: an address, or a name with an address in angle brackets',
    default: 'Footfall <footfall@host-of-WEB_URL>',
    example: 'Footfall <footfall@example.com>',
  },
  STRIPE_SECRET_KEY: {
    schema: secretText,
    meaning:
      'Secret key of Stripe, for the portal and the scheduler. Unset: billing is off, and every tenant has all there is',
    default: 'none',
    example: 'sk_live_…',
  },
  STRIPE_WEBHOOK_SECRET: {
    schema: secretText,
    meaning:
      'Secret with which Stripe signs what it sends to /api/stripe/webhook. Unset: what it sends is refused, and states are looked up once an hour',
    default: 'none',
    example: 'whsec_…',
  },
  STRIPE_API_BASE: {
    schema: url(['http:', 'https:']),
    meaning: 'Where Stripe is asked, if not at its own address',
    default: 'https://api.stripe.com',
    example: 'http://127.0.0.1:12111',
  },
  STRIPE_TAX: {
    schema: z.enum(['on', 'off'], { error: 'must be on or off' }).optional(),
    meaning: 'on: Stripe Tax works taxes out on its pages and invoices; set it up at Stripe first',
    default: 'off',
    example: 'on',
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;
