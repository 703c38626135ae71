// For those who start each service on their own, as docker-compose.yml does: makes or upgrades what is in the stores, and ends.
import { readServiceConfig } from '@footfall/config/config';
import { oneLine } from '@footfall/installation/one-line';
import { prepareStores, storeUrls } from '@footfall/installation/stores';

try {
  const config = readServiceConfig();
  await prepareStores(storeUrls(config, config.databaseUrl));
} catch (error) {
  process.stderr.write(`footfall: ${oneLine(error)}\n`);
  process.exitCode = 1;
}
