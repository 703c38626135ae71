// `node scripts/image.mjs FOLDER`: what a container needs of an installed and built checkout. The Dockerfile runs it.
import './lib/require-node.mjs';

const { mkdirSync, readdirSync } = await import('node:fs');
const { layOutImage } = await import('./lib/image.mjs');
const { ROOT, Stop } = await import('./lib/paths.mjs');
const { run } = await import('./lib/run.mjs');

await run(async () => {
  const [target] = process.argv.slice(2);
  if (target === undefined) throw new Stop('name an empty folder: node scripts/image.mjs FOLDER');
  mkdirSync(target, { recursive: true });
  if (readdirSync(target).length > 0) throw new Stop(`${target} is not empty`);
  layOutImage(ROOT, target);
  return 0;
});
