// @ts-check
import { execFileSync, spawnSync } from 'node:child_process';
import { Stop } from './paths.mjs';

/** Where servers are, which the path of an ordinary user leaves out. */
const SERVERS = '/usr/sbin';

/** @param {string} name */
export function isOnPath(name) {
  const env = { ...process.env, PATH: `${process.env.PATH}:${SERVERS}` };
  return spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore', env }).status === 0;
}

/** Installs packages where this is a Debian and we may. @param {string[]} packages */
export function installFromDebian(packages) {
  if (process.getuid?.() !== 0 || !isOnPath('apt-get')) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore', env });
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      stdio: 'ignore',
      env,
    });
  } catch {
    // The question is whether the programs are there now, not why they are not.
  }
}

/**
 * Makes sure that programs are there: on the path, else as Debian's packages.
 * @param {{ program: string, debian: string }[]} programs
 * @param {string} what said where they are missing
 */
export function ensurePrograms(programs, what) {
  const missing = () => programs.filter(({ program }) => !isOnPath(program)).map(({ debian }) => debian);
  const wanted = missing();
  if (wanted.length === 0) return;
  process.stderr.write(`  getting ${wanted.join(', ')} for the tests …\n`);
  installFromDebian(wanted);
  const absent = missing();
  if (absent.length > 0)
    throw new Stop(`the tests need ${what}: install as root, apt-get install ${absent.join(' ')}`);
}
