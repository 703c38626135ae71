// @ts-check
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { NODE_24, ROOT, Stop } from './paths.mjs';

export const ENGINES_MAIN = path.join(ROOT, 'packages/engines/src/main.ts');

/** Packages of Debian that the engines lack here. */
function lacking() {
  const { stdout } = spawnSync(NODE_24, [ENGINES_MAIN, 'lacking'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line !== '');
}

/** @param {string} name */
function installFromDebian(name) {
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', name], { stdio: 'ignore' });
  } catch {
    // This Debian has no such package: the engine that lacks it says what else would do.
  }
}

/** Installs the Java and the Maven that the engines lack, where that is ours to do; an engine that still lacks one says so. */
export function ensureJava() {
  const packages = lacking();
  if (packages.length === 0 || process.getuid?.() !== 0) return;
  if (spawnSync('sh', ['-c', 'command -v apt-get'], { stdio: 'ignore' }).status !== 0) return;
  process.stderr.write(`  getting ${packages.join(', ')} for the engines …\n`);
  spawnSync('apt-get', ['update'], { stdio: 'ignore' });
  for (const name of packages) installFromDebian(name);
}

/**
 * Kafka, Cassandra and Elasticsearch for the suites of this run: a process holds them while this one lives, whatever ends it.
 * @returns {Promise<{ folder: string, release: () => Promise<void> }>}
 * @throws {Stop} when one does not start; it has said why
 */
export async function holdEngines() {
  const holder = spawn(NODE_24, [ENGINES_MAIN, 'hold'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exit = once(holder, 'exit');
  const said = once(createInterface({ input: holder.stdout }), 'line');
  const folder = await Promise.race([said.then(([line]) => String(line)), exit.then(() => null)]);
  if (folder === null) throw new Stop('the engines of the tests do not start');
  return {
    folder,
    release: async () => {
      holder.kill('SIGTERM');
      await exit;
    },
  };
}
