// `node scripts/alive.mjs PORT`: whether the service on this port is alive. For the health checks of containers, which have no curl.
import { argv, exit } from 'node:process';
import { readConfig } from '@footfall/config/config';
import { localUrl } from '@footfall/config/local-url';
import { trustOwnCertificate } from '@footfall/service/own-certificate';

const [port] = argv.slice(2);
const config = readConfig();
trustOwnCertificate(config.tls);
const answer = await fetch(`${localUrl(config, Number(port))}/healthz`, {
  signal: AbortSignal.timeout(4_000),
}).catch(
  // Nobody listens, or the answer is late: both are not life.
  () => null,
);
exit(answer?.ok ? 0 : 1);
