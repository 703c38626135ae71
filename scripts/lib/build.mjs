// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NODE_24, ROOT, setupLog, toolEnvironment } from './paths.mjs';
import { runStep } from './step.mjs';
import { inTurn } from './turn.mjs';

/** What the build reads; services are not built. */
const SOURCES = ['apps/web', 'packages', 'prisma', 'tsconfig.base.json', 'turbo.json', 'package-lock.json'];
/** What it writes. */
const OUTPUTS = ['apps/web/.next/BUILD_ID', 'packages/db/generated/client.ts', 'packages/tracker/dist/a.js'];
const NOT_SOURCES =
  /^(node_modules|\.next|\.turbo|dist|generated|next-env\.d\.ts)$|\.tsbuildinfo$|\.(test|contract|fixture)\.tsx?$/;
const STAMP = path.join(ROOT, 'node_modules/.footfall/build');

/**
 * Every file under a path that may change a build, sorted.
 * @param {string} from
 * @returns {string[]}
 */
export function sourceFiles(from) {
  if (!existsSync(from)) return [];
  if (!statSync(from).isDirectory()) return [from];
  return readdirSync(from)
    .filter((name) => !NOT_SOURCES.test(name))
    .sort()
    .flatMap((name) => sourceFiles(path.join(from, name)));
}

/**
 * A hash of the names and contents of files; paths count relative to `root`.
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

/** @param {string} hash */
function isBuilt(hash) {
  const stamped = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
  return stamped && OUTPUTS.every((output) => existsSync(path.join(ROOT, output)));
}

/** Whether the build output is of these sources. */
export function buildIsCurrent() {
  return isBuilt(hashSources(ROOT, SOURCES));
}

/**
 * Builds the portal, the tracker and the database client when their sources have changed.
 * @throws {import('./paths.mjs').Stop}
 */
export async function ensureBuilt() {
  if (buildIsCurrent()) return;
  await inTurn(async () => {
    const hash = hashSources(ROOT, SOURCES);
    if (isBuilt(hash)) return;
    rmSync(STAMP, { force: true });
    await runStep({
      title: 'building the portal and the tracker',
      command: NODE_24,
      args: [
        path.join(ROOT, 'node_modules/turbo/bin/turbo'),
        'run',
        'generate',
        'build',
        '--output-logs=full',
      ],
      log: setupLog('build'),
      env: toolEnvironment(),
    });
    mkdirSync(path.dirname(STAMP), { recursive: true });
    writeFileSync(STAMP, hash);
  });
}

/**
 * Makes the database client when there is none: all that a command without a portal needs of the build.
 * @throws {import('./paths.mjs').Stop}
 */
export async function ensureGenerated() {
  if (existsSync(path.join(ROOT, 'packages/db/generated/client.ts'))) return;
  await inTurn(() =>
    runStep({
      title: 'making the database client',
      command: NODE_24,
      args: [path.join(ROOT, 'packages/db/generate.mjs')],
      log: setupLog('generate'),
      env: toolEnvironment(),
    }),
  );
}
