import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '@footfall/config/config';
import { exposureWarnings } from '@footfall/config/exposure';
import { localUrl } from '@footfall/config/local-url';
import { fullDisk } from '@footfall/files/disk-space';
import { type DataDir, dataDirAt } from '@footfall/installation/data-dir';
import { oneLine } from '@footfall/installation/one-line';
import { processRef } from '@footfall/installation/process';
import { type Runtime, writeConnections } from '@footfall/installation/runtime';
import { keepSecrets, type Secrets, servicePassword } from '@footfall/installation/secrets';
import type { StoreUrls } from '@footfall/installation/store-table';
import { prepareStores, storeUrls, withLogin } from '@footfall/installation/stores';
import { giveLogins } from '@footfall/postgres/service-login';
import { SERVICES, type ServiceName } from '@footfall/postgres/service-role';
import { trustOwnCertificate } from '@footfall/service/own-certificate';
import { readTls } from '@footfall/service/tls';
import { SupervisedDatabase } from './database.ts';
import { startDemo } from './demo/demo.ts';
import { supervisorFailure } from './errors.ts';
import { lockDataDir } from './occupy.ts';
import { Publisher } from './publisher.ts';
import { Service, type ServiceSpec } from './service.ts';
import { serviceSpecs } from './services.ts';
import { whileStoresAreAway } from './stores-away.ts';
import { Teardown } from './teardown.ts';
import type { Terminal } from './terminal.ts';

export type StartOptions = {
  config: Config;
  /** Also runs the example shop. */
  shop: boolean;
  /** Ends the start when the operator changes his mind. */
  signal: AbortSignal;
  terminal: Terminal;
};

/** From the first signal until services that do not stop are killed. */
const STOP_DEADLINE_MS = 20_000;

const COPY_WARNING =
  '  warning: this data folder is a copy that was made while Footfall was running, so its files may be of different moments. Stop Footfall before you copy its folder';

/** What the steps of a start share. */
class Start {
  readonly options: StartOptions;
  readonly dataDir: DataDir;
  readonly secrets: Secrets;
  readonly teardown: Teardown;
  readonly publisher: Publisher;
  database: SupervisedDatabase | null = null;
  readonly services: Service[] = [];
  ready = false;
  readonly #startedAt = new Date().toISOString();
  #deadline: number | undefined;

  constructor(options: StartOptions, given: { dataDir: DataDir; secrets: Secrets; teardown: Teardown }) {
    this.options = options;
    this.dataDir = given.dataDir;
    this.secrets = given.secrets;
    this.teardown = given.teardown;
    this.publisher = new Publisher(given.dataDir, options.terminal, () => this.#runtime());
  }

  /** One deadline for all services together, from the moment the first is told to stop. */
  #stopDeadline(): number {
    this.#deadline ??= Date.now() + STOP_DEADLINE_MS;
    return this.#deadline;
  }

  #runtime(): Runtime {
    const { config } = this.options;
    return {
      supervisor: processRef(process.pid),
      startedAt: this.#startedAt,
      ready: this.ready,
      listenHost: config.listenHost,
      tls: config.tls !== null,
      webUrl: localUrl(config, config.webPort),
      collectorUrl: localUrl(config, config.collectorPort),
      postgres: this.database?.runtime() ?? null,
      services: Object.fromEntries(this.services.map((service) => [service.spec.name, service.runtime()])),
    };
  }

  async openStores(): Promise<StoreUrls> {
    const { config, terminal, signal } = this.options;
    const urls = storeUrls(config, config.databaseUrl ?? (await this.#startDatabase()));
    const prepare = () => prepareStores(urls);
    await terminal.step('tables are up to date', async () =>
      (await this.#hasWorked())
        ? whileStoresAreAway(prepare, { terminal, signal, onAway: () => this.#collectMeanwhile(urls) })
        : prepare(),
    );
    await writeConnections(this.dataDir, urls);
    return urls;
  }

  /** Whether a collector of this folder has known sites: what has never worked is more likely misspelt than away. */
  async #hasWorked(): Promise<boolean> {
    return (await readdir(this.dataDir.known).catch(() => [])).length > 0;
  }

  /** Starts the collector before the stores answer: what it knows is on its disk, and so is its spool. */
  async #collectMeanwhile(urls: StoreUrls): Promise<string> {
    // On the embedded Postgres services log in as roles that are not there yet.
    if (this.database !== null) return '';
    for (const spec of this.buildSpecs(() => urls)) if (spec.name === 'collector') this.#launch(spec);
    return '; the collector takes events meanwhile';
  }

  buildSpecs(findUrls: (service: ServiceName) => StoreUrls): ServiceSpec[] {
    const { config } = this.options;
    const secret = config.secret ?? this.secrets.secret;
    return serviceSpecs(config, { dataDir: this.dataDir, findUrls, secret });
  }

  /** How each service reaches the stores. On an operator's own database it takes its role by itself: see docs/operating.md. */
  async findUrls(urls: StoreUrls): Promise<(service: ServiceName) => StoreUrls> {
    if (this.database === null) return () => urls;
    const passwords = SERVICES.map((service) => [service, servicePassword(this.secrets, service)] as const);
    const logins = await giveLogins(urls.database, new Map(passwords));
    return (service) => withLogin(urls, logins.get(service) ?? urls.database);
  }

  async #startDatabase(): Promise<string> {
    const { terminal } = this.options;
    const settings = { dataDir: this.dataDir.postgres, password: this.secrets.postgresPassword };
    const host = { terminal, onChange: () => void this.publisher.changed() };
    const database = await terminal.step('Postgres runs', () => SupervisedDatabase.start(settings, host));
    this.teardown.add(() => database.stop());
    this.database = database;
    return database.url;
  }

  #launch(spec: ServiceSpec): Service {
    const { terminal } = this.options;
    const logFile = path.join(this.dataDir.logs, `${spec.name}.log`);
    const onChange = () => void this.publisher.changed();
    const service = new Service(spec, { logFile, terminal, onChange });
    this.services.push(service);
    this.teardown.add(() => service.stop(this.#stopDeadline()));
    service.start();
    return service;
  }

  /** One that was started before its turn; it is to stop in its turn all the same. */
  #resume({ name }: ServiceSpec): Service | undefined {
    const early = this.services.find(({ spec }) => spec.name === name);
    if (early !== undefined) this.teardown.add(() => early.stop(this.#stopDeadline()));
    return early;
  }

  /** Starts processes that do not run yet, and waits until all of them answer. */
  async run(specs: readonly ServiceSpec[]): Promise<void> {
    const { terminal, signal } = this.options;
    const started = specs.map((spec) => this.#resume(spec) ?? this.#launch(spec));
    const ready = started.map((service) =>
      terminal.step(`${service.spec.name} answers`, () => service.whenReady(signal)),
    );
    await Promise.all(ready);
  }
}

async function bringUp(start: Start): Promise<void> {
  const { config, signal, terminal, shop } = start.options;
  const urls = await start.openStores();
  signal.throwIfAborted();
  await start.run(start.buildSpecs(await start.findUrls(urls)));
  const demo = config.demo ? await startDemo({ config, dataDir: start.dataDir, urls, terminal }) : null;
  start.teardown.add(() => demo?.stop());
  if (shop && demo !== null) await start.run([await demo.shop()]);
  start.ready = true;
  await start.publisher.changed();
  terminal.announce(`ready ${localUrl(config, config.webPort)}`);
  for (const warning of exposureWarnings(config)) terminal.note(`  warning: ${warning}`);
  demo?.announce();
}

/**
 * Starts an installation; resolves when everything answers. A start that fails or is aborted leaves nothing behind.
 * @throws Failure or Error whose message is one line for the operator
 */
export async function startInstallation(options: StartOptions): Promise<{ stop(): Promise<void> }> {
  const { terminal, config, signal } = options;
  const teardown = new Teardown();
  let start: Start | undefined;
  const stop = async () => {
    // First of all: nobody must take a stopping installation for a running one.
    await start?.publisher.close();
    await teardown.run((error) => terminal.note(`stopping: ${oneLine(error)}`));
  };
  try {
    if (config.tls !== null) readTls(config.tls);
    trustOwnCertificate(config.tls);
    const { dataDir, lock, copied } = await lockDataDir(config, signal);
    teardown.add(() => lock.release());
    if (copied) terminal.note(COPY_WARNING);
    start = new Start(options, { dataDir, secrets: await keepSecrets(dataDir), teardown });
    await bringUp(start);
    return { stop };
  } catch (error) {
    // Asked before anything is tidied up, which may make room.
    const full = await fullDisk([dataDirAt(config.dataDir).root, path.resolve(config.factsDir), tmpdir()]);
    await stop();
    if (full === undefined) throw error;
    throw supervisorFailure('disk_full', `${full}: ${oneLine(error)}`, { cause: error });
  }
}
