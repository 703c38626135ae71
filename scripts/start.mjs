// `npm start`: installs, builds, and runs the supervisor. No dependencies: it runs before there are any.
import './lib/require-node.mjs';

const { endWithNpm } = await import('./lib/npm-parent.mjs');
const { run } = await import('./lib/run.mjs');
const { loadEnvFile } = await import('./lib/env-file.mjs');
const { ensureInstalled } = await import('./lib/install.mjs');
const { buildIsCurrent, ensureBuilt } = await import('./lib/build.mjs');
const { supervise } = await import('./lib/supervise.mjs');

// From the first line on: installing and building take minutes, in which somebody may change their mind.
endWithNpm();
await run(async () => {
  const options = process.argv.slice(2);
  loadEnvFile();
  await ensureInstalled();
  if (!buildIsCurrent()) {
    // A wrong variable is told before a minute of building, not after it.
    const code = await supervise('check.ts', options);
    if (code !== 0) return code;
    await ensureBuilt();
  }
  return supervise('main.ts', options);
});
