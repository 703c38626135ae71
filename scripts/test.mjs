// `npm test`: installs and builds what is missing, runs every suite, and ends with "N passed, N failed". `npm run test:long` is the same
// with `--long`, for the suites that CI has no time for. Names of suites choose some of them.
import './lib/require-node.mjs';

const { run } = await import('./lib/run.mjs');
const { ensureInstalled } = await import('./lib/install.mjs');
const { ensureBuilt } = await import('./lib/build.mjs');
const { ensureBrowsers } = await import('./lib/browser.mjs');
const { ensureProxies } = await import('./lib/proxies.mjs');
const { ensureJava, holdEngines } = await import('./lib/engines.mjs');
const { LONG_SUITES, runSuites, SUITES } = await import('./lib/suites.mjs');

/** @type {{ passed: number, failed: number }} */
let total = { passed: 0, failed: 1 };

await run(async () => {
  const given = process.argv.slice(2);
  const all = given.includes('--long') ? LONG_SUITES : SUITES;
  const wanted = given.filter((name) => name !== '--long');
  await ensureInstalled();
  ensureBrowsers();
  await ensureBuilt();
  const suites = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
  if (suites.some(({ name }) => name === 'e2e')) ensureProxies();
  if (suites.some(({ engines }) => engines)) ensureJava();
  total = await runSuites(suites, holdEngines);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
});
// The last line, also when not one suite could be run.
console.log(`${total.passed} passed, ${total.failed} failed`);
