import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig, readServiceConfig } from './config.ts';
import { VARIABLES } from './variables.ts';

type Service = {
  build?: string;
  command?: string[];
  environment: Record<string, string | number>;
  depends_on?: Record<string, unknown>;
  ports?: string[];
  volumes?: string[];
};

const ROOT = new URL('../../../', import.meta.url);
const compose = parse(readFileSync(new URL('docker-compose.yml', ROOT), 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const ours = Object.entries(compose.services).filter(([, { build }]) => build !== undefined);

/** What an operator must give. */
const GIVEN: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'secret',
  FOOTFALL_SECRET: 's'.repeat(32),
};

/** `${NAME:-default}` and `${NAME:?what to do}` as compose fills them in. */
function fillIn(value: string | number): string {
  return String(value).replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) =>
    kind === '-' ? rest : (GIVEN[name] ?? expect.fail(`${name} is not given`)),
  );
}

test('the four services, and what makes their tables, are there', () => {
  expect(ours.map(([name]) => name).sort()).toEqual([
    'aggregator',
    'collector',
    'prepare',
    'processor',
    'web',
  ]);
});

test('the portal reads the facts that the aggregator writes', () => {
  const factsOf = (name: string) => compose.services[name]?.volumes ?? [];
  const folder = readConfig({ FOOTFALL_DATA_DIR: '/data' }).factsDir;
  expect(factsOf('aggregator')).toEqual([`facts:${folder}`]);
  expect(factsOf('web')).toEqual(factsOf('aggregator'));
});

describe.each(ours)('%s', (_, service) => {
  test('is given variables that exist, with values that are accepted', () => {
    expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(Object.keys(service.environment)));
    const values = Object.entries(service.environment).map(([name, value]) => [name, fillIn(value)]);
    expect(() => readServiceConfig(Object.fromEntries(values))).not.toThrow();
  });

  test('runs a script that exists', () => {
    const [program, script = ''] = service.command ?? [];
    expect(program).toBe('node');
    expect(existsSync(new URL(script, ROOT))).toBe(true);
  });

  test('waits for services that exist, and keeps its data in a volume that exists', () => {
    for (const name of Object.keys(service.depends_on ?? {})) expect(compose.services).toHaveProperty(name);
    for (const volume of service.volumes ?? [])
      expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  test('publishes the port that it listens on by default', () => {
    for (const port of service.ports ?? []) {
      const [outside, inside] = port.split(':');
      expect(outside).toBe(inside);
      expect([VARIABLES.WEB_PORT.default, VARIABLES.COLLECTOR_PORT.default]).toContain(inside);
    }
  });
});
