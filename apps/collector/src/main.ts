import cluster from 'node:cluster';
import { readServiceConfig } from '@footfall/config/config';
import { configured, runService } from '@footfall/service/lifecycle';
import { createLogger } from '@footfall/service/logger';
import { startCollector } from './start.ts';
import { metricsOfAll, startWorkers, workerNumber } from './workers.ts';

const NAME = 'collector';

const config = configured(NAME, readServiceConfig);
const number = workerNumber();
const logger = createLogger({ name: number === 0 ? NAME : `${NAME}-${number}`, level: config.logLevel });

await runService(logger, () => {
  if (cluster.isWorker) return startCollector(config, logger, { number, metricsOf: metricsOfAll });
  return config.collectorWorkers === 1
    ? startCollector(config, logger, { number })
    : startWorkers(config.collectorWorkers, logger);
});
