// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NODE_24, ROOT, setupLog, toolEnvironment } from './paths.mjs';
import { runStep } from './step.mjs';
import { inTurn } from './turn.mjs';

/**
 * @typedef {{ name: string, title: string, sources: string[], outputs: string[], args: string[], includes: Build[] }} Build
 *   `args` are Node's; all paths are relative to the root. Services are not built: they run as they are written.
 */

const STAMPS = 'node_modules/.footfall';
const CLIENT = 'packages/db/generated/client.ts';

/** @type {Build} */
const CLIENT_BUILD = {
  name: 'client',
  title: 'making the database client',
  sources: ['prisma/schema.prisma', 'packages/db/generate.mjs', 'packages/db/package.json'],
  outputs: [CLIENT],
  args: ['packages/db/generate.mjs'],
  includes: [],
};

/** @type {Build} */
const WHOLE_BUILD = {
  name: 'all',
  title: 'building the portal and the tracker',
  sources: ['apps/web', 'packages', 'prisma', 'tsconfig.base.json', 'turbo.json', 'package-lock.json'],
  outputs: ['apps/web/.next/BUILD_ID', CLIENT, 'packages/tracker/dist/a.js'],
  args: ['node_modules/turbo/bin/turbo', 'run', 'generate', 'build', '--output-logs=full'],
  includes: [CLIENT_BUILD],
};

const NOT_SOURCES =
  /^(node_modules|\.next|\.turbo|dist|generated|next-env\.d\.ts)$|\.tsbuildinfo$|\.(test|contract|fixture)\.tsx?$/;

/**
 * Every file under a path that may change a build, sorted.
 * @param {string} from
 * @returns {string[]}
 */
function sourceFiles(from) {
  if (!existsSync(from)) return [];
  if (!statSync(from).isDirectory()) return [from];
  return readdirSync(from)
    .filter((name) => !NOT_SOURCES.test(name))
    .sort()
    .flatMap((name) => sourceFiles(path.join(from, name)));
}

/**
 * A hash of the names and contents of files and of all files in folders; paths count relative to `root`.
 * @param {string} root
 * @param {string[]} sources
 */
export function hashSources(root, sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => sourceFiles(path.join(root, source)))) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * Whether the stamp of a build names these sources and its outputs are there.
 * @param {string} root
 * @param {Pick<Build, 'name' | 'outputs'>} build
 * @param {string} hash
 */
export function isStamped(root, { name, outputs }, hash) {
  const stamp = stampFile(root, name);
  const stamped = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
  return stamped && outputs.every((output) => existsSync(path.join(root, output)));
}

/**
 * @param {string} root
 * @param {string} name
 */
function stampFile(root, name) {
  return path.join(root, STAMPS, name);
}

/** @param {Build} build */
function isCurrent(build) {
  return isStamped(ROOT, build, hashSources(ROOT, build.sources));
}

/** @param {Build} build */
async function ensure(build) {
  if (isCurrent(build)) return;
  await inTurn(async () => {
    // Whoever had the turn before may have done it.
    if (isCurrent(build)) return;
    // Hashed before the build: what is changed meanwhile is built next time.
    const stamps = [build, ...build.includes].map(({ name, sources }) => ({
      file: stampFile(ROOT, name),
      hash: hashSources(ROOT, sources),
    }));
    for (const { file } of stamps) rmSync(file, { force: true });
    const { title, args } = build;
    const log = setupLog(`build-${build.name}`);
    await runStep({ title, command: NODE_24, args, log, env: toolEnvironment() });
    mkdirSync(path.join(ROOT, STAMPS), { recursive: true });
    for (const { file, hash } of stamps) writeFileSync(file, hash);
  });
}

/** Whether the build output is of these sources. */
export function buildIsCurrent() {
  return isCurrent(WHOLE_BUILD);
}

/**
 * Builds the portal, the tracker and the database client when their sources have changed.
 * @throws {import('./paths.mjs').Stop}
 */
export function ensureBuilt() {
  return ensure(WHOLE_BUILD);
}

/**
 * Makes the database client when it is missing or of another schema: all that a command without a portal needs of the build.
 * @throws {import('./paths.mjs').Stop}
 */
export function ensureGenerated() {
  return ensure(CLIENT_BUILD);
}
