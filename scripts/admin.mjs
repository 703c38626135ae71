// `npm run admin -- <command>`: installs what is missing, then runs the operator's command line with Node 24.
import './lib/require-node.mjs';

const { spawnSync } = await import('node:child_process');
const path = await import('node:path');
const { run } = await import('./lib/run.mjs');
const { loadEnvFile } = await import('./lib/env-file.mjs');
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureGenerated } = await import('./lib/build.mjs');
const { NODE_24, ROOT } = await import('./lib/paths.mjs');

await run(async () => {
  loadEnvFile();
  await ensureInstalled();
  await ensureGenerated();
  const main = path.join(ROOT, 'apps/admin/src/main.ts');
  return spawnSync(NODE_24, [main, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1;
});
