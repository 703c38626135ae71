// `npm run engines -- up`: Kafka, Cassandra and Elasticsearch on this machine, without containers.
import './lib/require-node.mjs';

const { spawnSync } = await import('node:child_process');
const { run } = await import('./lib/run.mjs');
const { ensureInstalled } = await import('./lib/install.mjs');
const { ENGINES_MAIN } = await import('./lib/engines.mjs');
const { NODE_24 } = await import('./lib/paths.mjs');

await run(async () => {
  await ensureInstalled();
  return spawnSync(NODE_24, [ENGINES_MAIN, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
});
