import path from 'node:path';
import { type Config, serviceEnvironment } from '@footfall/config/config';
import { localUrl } from '@footfall/config/local-url';
import type { VariableName } from '@footfall/config/variables';
import { type DataDir, ROOT } from '@footfall/installation/data-dir';
import type { StoreUrls } from '@footfall/installation/store-table';
import { storeVariables } from '@footfall/installation/stores';
import type { ServiceName } from '@footfall/postgres/service-role';
import type { ServiceSpec } from './service.ts';

const PORT_OF = {
  web: (config: Config) => config.webPort,
  scheduler: (config: Config) => config.schedulerPort,
  aggregator: (config: Config) => config.aggregatorPort,
  processor: (config: Config) => config.processorPort,
  collector: (config: Config) => config.collectorPort,
};

/** Each with the services that must outlive it before it: they are started in this order and stopped in the reverse. */
const ORDER = ['web', 'scheduler', 'aggregator', 'processor', 'collector'] as const;

const script = (app: string) => path.join(ROOT, 'apps', app, 'src', 'main.ts');

/** What a service is given besides: the portal, a login of their own for the pages of the platform's staff. */
const BESIDES: Partial<
  Record<
    ServiceName,
    (findUrls: (service: ServiceName) => StoreUrls) => Partial<Record<VariableName, string>>
  >
> = { web: (findUrls) => ({ OPERATOR_DATABASE_URL: findUrls('operator').database }) };

/** The services of an installation, in the order of starting. Each has the login of its own, where the database is ours. */
export function serviceSpecs(
  config: Config,
  given: { dataDir: DataDir; findUrls: (service: ServiceName) => StoreUrls; secret: string },
): ServiceSpec[] {
  const buildEnvironment = (name: ServiceName) =>
    serviceEnvironment({
      ...storeVariables(given.findUrls(name)),
      ...BESIDES[name]?.(given.findUrls),
      FOOTFALL_DATA_DIR: given.dataDir.root,
      FOOTFALL_SECRET: given.secret,
      NODE_ENV: 'production',
    });
  return ORDER.map((name) => ({
    name,
    args: [script(name)],
    env: buildEnvironment(name),
    port: PORT_OF[name](config),
    findReadyUrl: (port) => `${localUrl(config, port)}/readyz`,
  }));
}
