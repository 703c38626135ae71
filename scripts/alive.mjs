// `node scripts/alive.mjs PORT`: whether the service on this port is alive. For the health checks of containers, which have no curl.
import { argv, exit } from 'node:process';

const [port] = argv.slice(2);
const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4_000) }).catch(
  // Nobody listens, or the answer is late: both are not life.
  () => null,
);
exit(answer?.ok ? 0 : 1);
