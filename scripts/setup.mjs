// `npm run setup`: installs and builds what `npm start` would, and starts nothing.
import './lib/require-node.mjs';

const { endWithNpm } = await import('./lib/npm-parent.mjs');
const { run } = await import('./lib/run.mjs');
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');

// From the first line on: installing and building take minutes, in which somebody may change their mind.
endWithNpm();
await run(async () => {
  await ensureInstalled();
  await ensureBuilt();
  return 0;
});
