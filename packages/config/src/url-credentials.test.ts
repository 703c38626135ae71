import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { credentialsProblem } from './url-credentials.ts';
import { VARIABLES } from './variables.ts';

test.each([
  'postgres://host/db',
  'postgres://user@host:5432/db',
  'postgres://user:pa%40ss%2Fw%3Ao%23r%3Fd@host:5432/db?sslmode=require',
  "postgres://user:a-b._~!$&'()*+,;=@[::1]:5432/db",
  'postgres://user:x@host/db?application_name=a@b',
  'kafka://user:x@host1:9092,host2:9092',
  'postgres:///db?host=/var/run/postgresql',
])('%s is written as it should be', (url) => {
  expect(credentialsProblem(url)).toBeUndefined();
});

/** Pieces of a password around the sign that should have been encoded. */
const [FIRST, SECOND] = ['hunter', '2zebra'];

const NAMES = ['DATABASE_URL', 'EVENT_LOG_URL', 'EVENT_STORE_URL', 'REPORT_STORE_URL'] as const;

test.each(['@', '/', ':', '#', '?', '%', ' ', '[', '"', '\\', '@/', '#@', '1/'])(
  'a password with %j tells to percent-encode it, and shows no piece of it',
  (sign) => {
    for (const variable of NAMES)
      for (const password of [`${FIRST}${sign}${SECOND}`, `1${sign}${SECOND}`, `${FIRST}${sign}`]) {
        const scheme = VARIABLES[variable].example.split(':')[0];
        const wrong = `${scheme === 'http' ? 'http' : 'postgres'}://shop:${password}@db.internal:5432/footfall`;
        const read = () => readConfig({ [variable]: wrong });
        expect(read, wrong).toThrow(ConfigError);
        expect(read, wrong).toThrow(/must be percent-encoded: @ as %40/);
        for (const piece of [FIRST, SECOND]) expect(read, wrong).not.toThrow(piece);
      }
  },
);
