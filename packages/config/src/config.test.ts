import { parseNetwork } from '@footfall/core/intake-rules';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig, readServiceConfig } from './config.ts';
import { PROXY_NETWORKS } from './proxy-networks.ts';
import { VARIABLES } from './variables.ts';

const DATABASE = 'postgres://footfall:secret@db.example:5432/footfall';

describe('defaults', () => {
  test('an empty environment is the one-machine installation of the contracts', () => {
    expect(readConfig({})).toMatchObject({
      webPort: 3000,
      collectorPort: 3001,
      listenHost: '127.0.0.1',
      webUrl: 'http://127.0.0.1:3000',
      collectorUrl: 'http://127.0.0.1:3001',
      dataDir: '.footfall',
      factsDir: '.footfall/facts',
      collectorSpoolMaxMb: 4_096,
      demo: true,
      databaseUrl: undefined,
    });
  });

  test('empty is the same as unset', () => {
    const empty = Object.fromEntries(Object.keys(VARIABLES).map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  test('the facts of closed days lie in the data folder unless they have one of their own', () => {
    expect(readConfig({ FOOTFALL_DATA_DIR: '/srv/footfall' }).factsDir).toBe('/srv/footfall/facts');
    expect(readConfig({ FOOTFALL_DATA_DIR: '/srv', FOOTFALL_FACTS_DIR: '/facts' }).factsDir).toBe('/facts');
  });

  test('addresses follow the ports, and lose the slash that people leave at the end', () => {
    expect(readConfig({ WEB_PORT: '8080', COLLECTOR_URL: 'https://in.example.com/' })).toMatchObject({
      webUrl: 'http://127.0.0.1:8080',
      collectorUrl: 'https://in.example.com',
    });
  });
});

describe('the address of the collector', () => {
  test.each([
    ['https://shop.example/f', 'https://shop.example/f'],
    ['https://shop.example/f/', 'https://shop.example/f'],
    ['https://shop.example/a/b//', 'https://shop.example/a/b'],
    ['HTTPS://Shop.Example:443', 'https://shop.example'],
    [' https://shop.example ', 'https://shop.example'],
    // It stands in an attribute of the snippet.
    ['https://shop.example/"f"', 'https://shop.example/%22f%22'],
  ])('%s is %s', (text, collectorUrl) => {
    expect(readConfig({ COLLECTOR_URL: text })).toMatchObject({ collectorUrl });
  });
});

describe('trusted proxies', () => {
  test('are addresses, networks and names, and names stand for their networks', () => {
    const { trustedProxies } = readConfig({ TRUSTED_PROXIES: ' 192.0.2.1, fd00::/8 ,Loopback,, cloudflare' });
    expect(trustedProxies.slice(0, 5)).toEqual([
      '192.0.2.1',
      'fd00::/8',
      '127.0.0.0/8',
      '::1/128',
      '173.245.48.0/20',
    ]);
  });

  test.each(Object.entries(PROXY_NETWORKS))('%s names networks, their source and a day', (name, row) => {
    expect(row.networks.map(parseNetwork)).not.toContain(undefined);
    expect(row.checked).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(VARIABLES.TRUSTED_PROXIES.meaning).toContain(name);
  });
});

describe('the address to listen on', () => {
  test.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['[::1]', '::1'],
    ['localhost', '127.0.0.1'],
  ])('%s is %s', (text, listenHost) => {
    expect(readConfig({ LISTEN_HOST: text })).toMatchObject({ listenHost });
  });

  test('of IPv6 stands in brackets in URLs', () => {
    expect(readConfig({ LISTEN_HOST: '::' })).toMatchObject({
      webUrl: 'http://[::1]:3000',
      collectorUrl: 'http://[::1]:3001',
    });
  });
});

test('with a certificate and its key, services speak TLS', () => {
  expect(readConfig({ TLS_CERT: 'c.pem', TLS_KEY: 'k.pem' })).toMatchObject({
    tls: { certFile: 'c.pem', keyFile: 'k.pem' },
    webUrl: 'https://127.0.0.1:3000',
  });
  expect(readConfig({}).tls).toBeNull();
  expect(() => readConfig({ TLS_CERT: 'c.pem' })).toThrow(
    /^TLS_KEY must be set where TLS_CERT is, for example TLS_KEY=\S+$/,
  );
  expect(() => readConfig({ TLS_KEY: 'k.pem' })).toThrow(
    /^TLS_CERT must be set where TLS_KEY is, for example TLS_CERT=\S+$/,
  );
});

describe('the providers that people sign in with', () => {
  const GOOGLE = { GOOGLE_CLIENT_ID: 'g', GOOGLE_CLIENT_SECRET: 'gs' };
  const OIDC = {
    OIDC_ISSUER: 'https://id.example/',
    OIDC_CLIENT_ID: 'o',
    OIDC_CLIENT_SECRET: 'os',
    OIDC_NAME: 'Kiln ID',
  };

  test('are those whose variables are set, in the order of their buttons', () => {
    expect(readConfig({}).providers).toEqual([]);
    const github = { GITHUB_CLIENT_ID: 'h', GITHUB_CLIENT_SECRET: 'hs' };
    expect(readConfig({ ...OIDC, ...github, ...GOOGLE }).providers).toEqual([
      {
        id: 'google',
        kind: 'oidc',
        name: 'Google',
        issuer: 'https://accounts.google.com',
        clientId: 'g',
        clientSecret: 'gs',
      },
      {
        id: 'github',
        kind: 'github',
        name: 'GitHub',
        issuer: 'https://github.com',
        clientId: 'h',
        clientSecret: 'hs',
      },
      {
        id: 'oidc',
        kind: 'oidc',
        name: 'Kiln ID',
        issuer: 'https://id.example',
        clientId: 'o',
        clientSecret: 'os',
      },
    ]);
  });

  test.each([
    [{ GOOGLE_CLIENT_ID: 'g' }, /^GOOGLE_CLIENT_SECRET must be set where GOOGLE_CLIENT_ID is/],
    [{ GITHUB_CLIENT_SECRET: 'hs' }, /^GITHUB_CLIENT_ID must be set where GITHUB_CLIENT_SECRET is/],
    [{ ...OIDC, OIDC_ISSUER: '' }, /^OIDC_ISSUER must be set where OIDC_CLIENT_ID is/],
    [{ OIDC_ISSUER: 'https://id.example' }, /^OIDC_CLIENT_ID must be set where OIDC_ISSUER is/],
  ])('are set up whole or not at all: %j', (environment, problem) => {
    expect(() => readConfig(environment)).toThrow(problem);
  });

  test('may be without TLS on this machine alone', () => {
    expect(readConfig({ ...OIDC, OIDC_ISSUER: 'http://127.0.0.1:9000/a' }).providers[0]?.issuer).toBe(
      'http://127.0.0.1:9000/a',
    );
    expect(() => readConfig({ ...OIDC, OIDC_ISSUER: 'http://id.example' })).toThrow(/must be a URL/);
  });
});

describe('a bad value', () => {
  const CASES: [name: string, value: string, problem: RegExp][] = [
    ['SIGN_ON_ORIGINS', 'https://id.example/path', /must be origins, and/],
    ['OIDC_ISSUER', 'id.example', /must be a URL/],
    ['OIDC_ISSUER', 'https://user:hunter2@id.example', /without a user/],
    ['GITHUB_URL', 'https://github.example/?a=b', /without a user, a query/],
    ['GOOGLE_CLIENT_ID', 'two\nlines', /must be one line/],
    ['GOOGLE_CLIENT_SECRET', 'two\nlines', /must be one line/],
    ['GITHUB_CLIENT_ID', 'two\nlines', /must be one line/],
    ['GITHUB_CLIENT_SECRET', 'two\nlines', /must be one line/],
    ['OIDC_CLIENT_ID', 'two\nlines', /must be one line/],
    ['OIDC_CLIENT_SECRET', 'two\nlines', /must be one line/],
    ['OIDC_NAME', 'two\nlines', /must be one line/],
    ['STRIPE_SECRET_KEY', 'sk_test a', /must not have white space/],
    ['STRIPE_WEBHOOK_SECRET', ' whsec_a\n', /must not have white space/],
    ['STRIPE_API_BASE', '127.0.0.1:12111', /must be a URL/],
    ['STRIPE_TAX', '1', /must be on or off/],
    ['WEB_PORT', 'http', /must be a port from 1 to 65535/],
    ['WEB_PORT', '0', /must be a port from 1/],
    ['WEB_PORT', '65536', /must be a port/],
    ['WEB_PORT', '3e3', /must be a port/],
    ['WEB_PORT', '-1', /must be a port/],
    ['COLLECTOR_PORT', '30.5', /must be a port/],
    ['PROCESSOR_PORT', 'x', /must be a port from 0/],
    ['AGGREGATOR_PORT', '99999', /must be a port/],
    ['SCHEDULER_PORT', '99999', /must be a port/],
    ['LISTEN_HOST', 'everywhere', /must be an IP address of this machine \(it is "everywhere"\)/],
    ['LISTEN_HOST', '*', /must be an IP address/],
    ['LISTEN_HOST', '127.0.0.1:3000', /must be an IP address/],
    ['LISTEN_HOST', '10.0.0.1,127.0.0.1', /must be an IP address/],
    ['METRICS_TOKEN', 'short', /must have at least 16 characters/],
    ['METRICS_TOKEN', 'two words of some length', /without blanks/],
    ['WEB_URL', 'stats.example.com', /must be a URL that starts with http:\/\/ or https:\/\//],
    ['WEB_URL', 'https://shop.example/stats', /must have no path, .* leave \/stats out/],
    ['WEB_URL', 'https://shop.example/stats/', /must have no path/],
    ['WEB_URL', 'https://stats.example?a=b', /must have no query/],
    ['WEB_URL', 'https://user@stats.example', /must have no user name/],
    ['COLLECTOR_URL', 'ftp://x.example', /must be a URL/],
    ['COLLECTOR_URL', 'https:in.example', /must be a URL/],
    ['COLLECTOR_URL', 'https://in.example/f?a=b', /must have no query/],
    ['COLLECTOR_URL', 'https://in.example/f#a', /nothing after #/],
    ['TRUSTED_PROXIES', '10.0.0.0/33', /10\.0\.0\.0\/33 is none of them/],
    ['TRUSTED_PROXIES', 'constructor', /constructor is none of them/],
    ['COLLECTOR_SPOOL_MAX_MB', '-1', /must be a whole number of megabytes, 0 or more/],
    ['COLLECTOR_SPOOL_MAX_MB', '4 GB', /must be a whole number of megabytes/],
    ['COLLECTOR_WORKERS', '0', /must be a whole number of processes, 1 or more/],
    ['COLLECTOR_WORKERS', 'all', /must be a whole number of processes/],
    ['COLLECTOR_EVENTS_PER_SECOND', 'many', /must be a whole number of events, 0 or more/],
    ['DNS_SERVERS', '192.0.2.53,dns.example', /must be IP addresses, and dns\.example is not one/],
    ['COLLECTOR_REQUESTS_PER_SECOND', '-1', /must be a whole number of requests, 0 or more/],
    ['DIRECTORY_TTL_SECONDS', '0', /must be a whole number of seconds, 1 or more/],
    ['FOOTFALL_DEMO', 'no', /must be 0 or 1/],
    ['FOOTFALL_INTERNAL_PAGES', 'yes', /must be 0 or 1/],
    ['FOOTFALL_SECRET', 'too short', /must have at least 32 characters/],
    ['SIGN_UP', 'maybe', /must be open, invited or closed/],
    ['SESSION_MAX_SECONDS', '0', /must be a whole number of seconds, 1 or more/],
    ['SESSION_IDLE_SECONDS', 'week', /must be a whole number of seconds, 1 or more/],
    ['AUDIT_RETENTION_DAYS', '-1', /must be a whole number of days, 0 or more/],
    ['LOG_LEVEL', 'loud', /must be debug, info, warn or error/],
    [
      'TRUSTED_PROXIES',
      '10.0.0.1,proxy.example',
      /must be IP addresses, networks .* or names \(loopback, .*cloudflare.*\), and proxy\.example is none of them/,
    ],
    ['DATABASE_URL', 'mysql://u:p@h/d', /must be a URL that starts with postgres:\/\/ or postgresql:\/\//],
    ['DATABASE_URL', 'postgres:h/d', /must be a URL/],
    ['DATABASE_URL', 'postgres://u:p@h:99999/d', /must be a URL/],
    ['OPERATOR_DATABASE_URL', 'mysql://u:p@h/d', /must be a URL/],
    ['EVENT_LOG_URL', 'host:5432', /must be a URL/],
    ['EVENT_STORE_URL', 'nowhere', /must be a URL/],
    ['REPORT_STORE_URL', '/tmp/db', /must be a URL/],
    ['SMTP_URL', 'mail.example:587', /must be a URL/],
    ['MAIL_FROM', 'Footfall', /must be an email address/],
  ];

  test.each(CASES)('%s=%s is told in one line with an example', (name, value, problem) => {
    let error: unknown;
    try {
      readConfig({ [name]: value });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    const { message, variable } = error as ConfigError;
    expect(variable).toBe(name);
    expect(message).toMatch(new RegExp(`^${name} `));
    expect(message).toMatch(problem);
    expect(message).toContain(`for example ${name}=`);
    expect(message).not.toContain('\n');
  });

  test('every variable that can be wrong has a case here', () => {
    const covered = new Set(CASES.map(([name]) => name));
    // A path may be any text; the two of TLS must be set together, which a test of their own says.
    const free = ['TLS_CERT', 'TLS_KEY', 'FOOTFALL_DATA_DIR', 'FOOTFALL_FACTS_DIR', 'GEO_DATABASE'];
    expect(Object.keys(VARIABLES).filter((name) => !covered.has(name))).toEqual(free);
  });

  test.each([
    ['DATABASE_URL', 'postgres://user:hunter2@host:99999/d'],
    ['FOOTFALL_SECRET', 'hunter2'],
  ])('%s never shows its secret', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(expect.not.stringContaining('hunter2'));
  });

  test('two services cannot share a port', () => {
    expect(() => readConfig({ WEB_PORT: '3001' })).toThrow(
      'COLLECTOR_PORT must differ from WEB_PORT (both are 3001), for example COLLECTOR_PORT=3002',
    );
    expect(() => readConfig({ AGGREGATOR_PORT: '3000' })).toThrow(
      /AGGREGATOR_PORT must differ from WEB_PORT/,
    );
    expect(() => readConfig({ PROCESSOR_PORT: '0', AGGREGATOR_PORT: '0' })).not.toThrow();
  });
});

describe('a service', () => {
  const secret = 's'.repeat(32);

  test('finds the stores on the database unless they are elsewhere', () => {
    const config = readServiceConfig({
      DATABASE_URL: DATABASE,
      FOOTFALL_SECRET: secret,
      EVENT_STORE_URL: 'postgresql://other.example/events',
    });
    expect(config).toMatchObject({
      eventLogUrl: DATABASE,
      reportStoreUrl: DATABASE,
      eventStoreUrl: 'postgresql://other.example/events',
    });
  });

  test('cannot run without a database or a secret', () => {
    expect(() => readServiceConfig({ FOOTFALL_SECRET: secret })).toThrow(/^DATABASE_URL is required/);
    expect(() => readServiceConfig({ DATABASE_URL: DATABASE })).toThrow(/^FOOTFALL_SECRET is required/);
  });
});
