// `npm test`: installs and builds what is missing, runs every suite, and ends with "N passed, N failed".
import './lib/require-node.mjs';

const { run } = await import('./lib/run.mjs');
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');
const { ensureBrowser } = await import('./lib/browser.mjs');
const { runSuites, SUITES } = await import('./lib/suites.mjs');

await run(async () => {
  const wanted = process.argv.slice(2);
  await ensureInstalled();
  ensureBrowser();
  await ensureBuilt();
  const { passed, failed } = runSuites(
    wanted.length === 0 ? SUITES : SUITES.filter(({ name }) => wanted.includes(name)),
  );
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
