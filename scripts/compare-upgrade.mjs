// `npm run test:upgrade -- <checkout> [<checkout>]`: a shop's history is written by the version in one checkout, and asked of it; then
// that of the other (this one, unless said) is started on the same data folder (and the same stores, where EVENT_LOG_URL and the
// like say so), and must answer alike.
import './lib/require-node.mjs';

const { mkdtempSync, rmSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { default: path } = await import('node:path');
const { run } = await import('./lib/run.mjs');
const { ROOT, Stop } = await import('./lib/paths.mjs');
const { startVersion } = await import('./lib/upgrade/version.mjs');
const { openShop } = await import('./lib/upgrade/shop.mjs');
const { askAll, differences } = await import('./lib/upgrade/questions.mjs');

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

await run(async () => {
  const [before, after = ROOT] = process.argv.slice(2);
  if (before === undefined)
    throw new Stop('say which version wrote the data: npm run test:upgrade -- <folder of another checkout>');
  const dataDir = mkdtempSync(path.join(tmpdir(), 'footfall-upgrade-'));
  say(`data of ${path.resolve(before)} in ${dataDir}`);
  const old = await startVersion(path.resolve(before), dataDir);
  let shop;
  let expected;
  try {
    shop = await openShop(old);
    expected = await askAll(old, shop);
    say(`${Object.keys(expected).length} questions were answered before`);
  } finally {
    await old.stop();
  }
  const now = await startVersion(path.resolve(after), dataDir);
  let found;
  try {
    found = differences(expected, await askAll(now, shop));
    // A round of sealing later: what this version makes anew answers alike, too.
    await shop.touch(now);
    found.push(...differences(expected, await askAll(now, shop)));
  } finally {
    await now.stop();
  }
  for (const line of found) say(line);
  if (found.length > 0) say(`the data stays in ${dataDir}`);
  else rmSync(dataDir, { recursive: true, force: true });
  say(found.length === 0 ? 'both versions answer alike' : `${found.length} answers differ`);
  return found.length === 0 ? 0 : 1;
});
