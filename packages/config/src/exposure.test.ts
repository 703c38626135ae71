import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { exposureWarnings } from './exposure.ts';

const TLS = { TLS_CERT: 'cert.pem', TLS_KEY: 'key.pem' };
const TOKEN = { METRICS_TOKEN: 't'.repeat(16) };
const ENCRYPTION = 'other machines can connect without encryption';
const METRICS = 'answer this machine alone';

test.each([
  ['loopback', {}, []],
  ['loopback of IPv6', { LISTEN_HOST: '::1' }, []],
  ['every address', { LISTEN_HOST: '0.0.0.0' }, [ENCRYPTION, METRICS]],
  ['every address, with TLS', { LISTEN_HOST: '::', ...TLS }, [METRICS]],
  ['every address, with a token', { LISTEN_HOST: '::', ...TOKEN }, [ENCRYPTION]],
  ['one address, with both', { LISTEN_HOST: '10.0.0.5', ...TLS, ...TOKEN }, []],
  ['loopback behind TLS', { COLLECTOR_URL: 'https://shop.example/f' }, ['COLLECTOR_URL begins with https']],
  ['loopback behind TLS of the portal', { WEB_URL: 'https://stats.example' }, ['WEB_URL begins with https']],
  ['loopback behind a proxy', { COLLECTOR_URL: 'https://in.example', TRUSTED_PROXIES: 'loopback' }, []],
  ['loopback with TLS', { COLLECTOR_URL: 'https://in.example', ...TLS }, []],
])('warnings of services that listen on %s', (_, environment, expected) => {
  const warnings = exposureWarnings(readConfig(environment));
  expect(warnings).toHaveLength(expected.length);
  for (const [index, part] of expected.entries()) expect(warnings[index]).toContain(part);
});
