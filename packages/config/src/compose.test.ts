import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  COMPOSE_FILES,
  type ComposeService,
  fillIn,
  givenVariables,
  parseCompose,
  ROOT,
  readCompose,
  readText,
} from './compose.fixture.ts';
import { composeValidator } from './compose-schema.fixture.ts';
import { readConfig, readServiceConfig } from './config.ts';
import { VARIABLES } from './variables.ts';

const SERVICES = ['aggregator', 'collector', 'processor', 'scheduler', 'web'];
const validate = composeValidator();

const isOurs = ([, { build }]: [string, ComposeService]) => build !== undefined;
const endsByItself = ({ restart }: ComposeService) => restart === 'on-failure';

function readEnvironment({ environment = {} }: ComposeService): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, fillIn(value)]));
}

describe.each(COMPOSE_FILES)('%s', (file) => {
  const text = readText(file);
  const compose = readCompose(file);
  const all = Object.entries(compose.services);
  const ours = all.filter(isOurs);

  test('is valid by the schema of Compose', () => {
    expect(validate(parseCompose(text)) ? [] : validate.errors).toEqual([]);
  });

  test('the schema refuses what Compose would', () => {
    const broken = (change: object) => ({ services: { web: { image: 'x', ...change } } });
    expect(validate(broken({}))).toBe(true);
    for (const change of [{ healthchek: {} }, { healthcheck: { interval: '5 s' } }, { ports: ['web'] }])
      expect(validate(broken(change))).toBe(false);
  });

  test('has every service, and what prepares their stores', () => {
    expect(ours.map(([name]) => name).sort()).toEqual([...SERVICES, 'prepare'].sort());
    for (const name of SERVICES)
      expect(compose.services[name]?.depends_on).toEqual({
        prepare: { condition: 'service_completed_successfully' },
      });
  });

  test('names at its head each secret that must be given, and no other', () => {
    const head = text.slice(0, text.search(/^name:/m));
    const named = [...head.matchAll(/^# {3}([A-Z][A-Z_]+)/gm)].map(([, name]) => name);
    const used = [...new Set(all.flatMap(([, service]) => givenVariables(JSON.stringify(service))))];
    expect(named.sort()).toEqual(used.sort());
  });

  test('pins every image, and limits the memory and the processors of every container', () => {
    for (const [name, { image = '', build, deploy }] of all) {
      if (build === undefined) expect(image, name).toMatch(/:\d+\.\d+(\.\d+)*$/);
      expect(deploy?.resources?.limits, name).toEqual({
        cpus: expect.anything(),
        memory: expect.any(String),
      });
    }
  });

  test('says of every container that goes on how to see that it lives', () => {
    for (const [name, service] of all)
      if (!endsByItself(service)) expect(service.healthcheck?.test?.[0], name).toMatch(/^CMD(-SHELL)?$/);
  });

  test('waits for what exists, and for health only where it is looked at', () => {
    for (const [, { depends_on: waits = {} }] of all)
      for (const [name, { condition }] of Object.entries(waits)) {
        const other = compose.services[name] ?? expect.fail(`there is no ${name}`);
        const expected = endsByItself(other) ? 'service_completed_successfully' : 'service_healthy';
        expect(condition).toBe(expected);
      }
  });

  test('keeps data in volumes that exist, and declares none for nothing', () => {
    const used = all.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]));
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  test('lets the portal read the facts that the aggregator writes, and the collector keep its spool', () => {
    const { factsDir, dataDir } = readConfig({ FOOTFALL_DATA_DIR: '/data' });
    expect(compose.services.aggregator?.volumes).toEqual([`facts:${factsDir}`]);
    expect(compose.services.web?.volumes).toEqual([`facts:${factsDir}`]);
    expect(compose.services.collector?.volumes).toEqual([`collector:${dataDir}`]);
  });

  test('publishes portal and collector to everybody, and anything else to this machine alone', () => {
    const published = Object.fromEntries(all.map(([name, { ports = [] }]) => [name, ports]));
    const { WEB_PORT, COLLECTOR_PORT } = VARIABLES;
    const { web, collector, ...others } = published;
    expect(web).toEqual([`${WEB_PORT.default}:${WEB_PORT.default}`]);
    expect(collector).toEqual([`${COLLECTOR_PORT.default}:${COLLECTOR_PORT.default}`]);
    for (const port of Object.values(others).flat()) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  describe.each(ours)('%s', (_, service) => {
    const environment = readEnvironment(service);

    test('is given variables that exist, with values that are accepted', () => {
      expect(Object.keys(VARIABLES)).toEqual(expect.arrayContaining(Object.keys(environment)));
      expect(() => readServiceConfig(environment)).not.toThrow();
    });

    test('listens at every address of its container', () => {
      expect(readServiceConfig(environment).listenHost).toBe('0.0.0.0');
    });

    test('finds every store at a service of this file', () => {
      const config = readServiceConfig(environment);
      for (const url of [config.databaseUrl, config.eventLogUrl, config.eventStoreUrl, config.reportStoreUrl])
        expect(Object.keys(compose.services)).toContain(new URL(url).hostname);
    });

    test('runs a script that exists', () => {
      const [program, script = ''] = service.command ?? [];
      expect(program).toBe('node');
      expect(existsSync(new URL(script, ROOT))).toBe(true);
    });
  });

  test.each(SERVICES)('%s is asked for its health at the port that it listens on', (name) => {
    const service = compose.services[name] ?? {};
    const { webPort, collectorPort, processorPort, aggregatorPort, schedulerPort } = readConfig(
      readEnvironment(service),
    );
    const ports: Record<string, number> = {
      web: webPort,
      collector: collectorPort,
      processor: processorPort,
      aggregator: aggregatorPort,
      scheduler: schedulerPort,
    };
    expect(service.healthcheck?.test).toEqual(['CMD', 'node', 'scripts/alive.mjs', String(ports[name])]);
  });
});

describe('the cluster', () => {
  const { services } = readCompose('docker-compose.yml');
  const imageVersion = (name: string) => services[name]?.image?.split(':').at(-1) ?? '';

  test('prepares its stores when all of them serve', () => {
    const waits = Object.keys(services.prepare?.depends_on ?? {}).sort();
    expect(waits).toEqual(['cassandra', 'elasticsearch-users', 'kafka', 'postgres']);
    expect(services['elasticsearch-users']?.depends_on).toEqual({
      elasticsearch: { condition: 'service_healthy' },
    });
  });

  test.each([
    ['kafka', 'kafka', 'org.apache.kafka'],
    ['cassandra', 'cassandra', 'org.apache.cassandra'],
    ['elasticsearch', 'elasticsearch', 'org.elasticsearch'],
    ['kibana', 'elasticsearch', 'org.elasticsearch'],
  ])('%s is of the version that the tests run on', (service, recipe, group) => {
    const pom = readText(`packages/engines/recipes/${recipe}/pom.xml`);
    const dependency = pom.slice(pom.indexOf(`<groupId>${group}<`));
    const [, tested = ''] = /<version>([^<]+)/.exec(dependency) ?? [];
    // `5.0` stands for all of 5.0.
    expect(`${tested}.`).toMatch(new RegExp(`^${imageVersion(service).replaceAll('.', '\\.')}\\.`));
  });

  test('a Cassandra node that is killed keeps what it has acknowledged, here as in the tests', () => {
    const options = readEnvironment(services.cassandra ?? {}).JVM_EXTRA_OPTS ?? '';
    const recipe = readText('packages/engines/recipes/cassandra/cassandra.yaml');
    for (const setting of ['commitlog_sync', 'commitlog_sync_group_window']) {
      const [, value] = new RegExp(`^${setting}: (\\S+)$`, 'm').exec(recipe) ?? [];
      expect(options.split(' ')).toContain(`-Dcassandra.settings.${setting}=${value}`);
    }
    expect(options).toContain('-Dcassandra.config.allow_system_properties=true');
    // Else Cassandra finds the period of its own file beside it, and refuses to start.
    expect(options).toContain('-Dcassandra.settings.commitlog_sync_period=0ms');
    expect(services.cassandra?.healthcheck?.test?.[1]).toContain("'commitlog_sync'\" | grep --quiet group");
  });

  test('a single Kafka broker acknowledges what is on disk', () => {
    expect(readEnvironment(services.kafka ?? {})).toMatchObject({
      KAFKA_DEFAULT_REPLICATION_FACTOR: '1',
      KAFKA_LOG_FLUSH_INTERVAL_MESSAGES: '1',
    });
  });

  test('Kafka is reached by the name and the port that it advertises', () => {
    const { KAFKA_ADVERTISED_LISTENERS: advertised } = readEnvironment(services.kafka ?? {});
    const { EVENT_LOG_URL: url = '' } = readEnvironment(services.collector ?? {});
    expect(advertised).toBe(url.replace('kafka:', 'PLAINTEXT:'));
    expect(services.kafka?.environment?.KAFKA_AUTO_CREATE_TOPICS_ENABLE).toBe('false');
  });

  test('Footfall is the user of Elasticsearch that is made for it, with rights on its own indices', () => {
    const [, , script = ''] = services['elasticsearch-users']?.command ?? [];
    const [, role = ''] = /put role\/footfall '(.*)'/.exec(script) ?? [];
    expect(JSON.parse(role)).toEqual({
      cluster: ['monitor', 'manage_index_templates'],
      indices: [{ names: ['footfall-*'], privileges: ['all'] }],
    });
    const { REPORT_STORE_URL: url = '' } = readEnvironment(services.processor ?? {});
    const { REPORT_STORE_PASSWORD: password } = readEnvironment(services['elasticsearch-users'] ?? {});
    expect(new URL(url)).toMatchObject({ username: 'footfall', password, search: '' });
    expect(script).toContain('put user/footfall ');
  });
});

test('the image runs the portal, as nobody special, and is asked for its health', () => {
  const dockerfile = readText('Dockerfile');
  const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
  expect(last).toMatch(/^USER node$/m);
  expect(last).toMatch(/^ENV .*\bLISTEN_HOST=0\.0\.0\.0$/m);
  expect(last).toMatch(/^CMD \["node", "apps\/web\/src\/main\.ts"\]$/m);
  expect(last).toMatch(
    new RegExp(`^HEALTHCHECK .*"scripts/alive.mjs", "${VARIABLES.WEB_PORT.default}"\\]$`, 'm'),
  );
  const { devDependencies } = JSON.parse(readText('package.json')) as { devDependencies: { node: string } };
  for (const [, image] of dockerfile.matchAll(/^FROM (\S+)/gm))
    expect(image, 'the Node that the tests run on').toBe(`node:${devDependencies.node}-slim`);
});
