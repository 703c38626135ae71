import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { engineFailure } from './errors.ts';
import type { EngineName, Recipe } from './recipe.ts';

const run = promisify(execFile);

const RECIPES = fileURLToPath(new URL('../recipes/', import.meta.url));
/** In the checkout, so that it goes with it; Maven's own repository keeps the downloads for the next one. */
const CACHE = fileURLToPath(new URL('../../../.engines/jars/', import.meta.url));
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const MAVEN_TIMEOUT_MS = 600_000;

/** The folder of an engine's recipe: `pom.xml`, templates, sources. */
export function recipeFolder(name: EngineName): string {
  return path.join(RECIPES, name);
}

/** A name for what Maven and the compiler make of a recipe: it changes when one of their sources does. */
async function hashSources(sources: string): Promise<string> {
  const files = (await readdir(sources, { recursive: true })).filter((file) =>
    /pom\.xml$|\.java$|plugin-descriptor/.test(file),
  );
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file).update(await readFile(path.join(sources, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Whether Maven is there. */
export async function hasMaven(): Promise<boolean> {
  return run('mvn', ['--version']).then(
    () => true,
    () => false,
  );
}

async function runMaven(sources: string, lib: string): Promise<void> {
  const args = [
    ...['--quiet', '--batch-mode', '--strict-checksums', '-Dstyle.color=never'],
    ...['--file', path.join(sources, 'pom.xml'), `${PLUGIN}:copy-dependencies`],
    ...['-DincludeScope=runtime', `-DoutputDirectory=${lib}`],
  ];
  try {
    await run('mvn', args, { timeout: MAVEN_TIMEOUT_MS });
  } catch (cause) {
    const { code, stdout = '' } = cause as NodeJS.ErrnoException & { stdout?: string };
    if (code === 'ENOENT')
      throw engineFailure('maven_missing', 'the engines come by Maven, and there is no mvn');
    const said = stdout.split('\n').find((line) => line.startsWith('[ERROR]')) ?? 'it said nothing';
    throw engineFailure('jars_unavailable', `mvn failed: ${said}`, { cause });
  }
}

/** Puts a folder to its place; when another process was faster, its folder stays and ours goes. */
async function place(made: string, target: string): Promise<void> {
  await rename(made, target).catch(async (cause: NodeJS.ErrnoException) => {
    if (!existsSync(target)) throw cause;
    await rm(made, { recursive: true });
  });
}

// Maven's repository does not like several writers, and three engines start at once.
let turn: Promise<unknown> = Promise.resolve();

async function makeJars(
  target: string,
  recipe: Recipe,
  tools: { jdk: string; sources: string },
): Promise<void> {
  if (existsSync(target)) return;
  const made = `${target}.${randomBytes(4).toString('hex')}`;
  await mkdir(made, { recursive: true });
  try {
    await runMaven(tools.sources, path.join(made, 'lib'));
    await recipe.build?.(made, tools);
    await place(made, target);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/**
 * The folder with an engine's jars: from Maven Central the first time, from the cache of this checkout afterwards.
 * @throws Failure `maven_missing`, `jars_unavailable`
 */
export async function resolveJars(name: EngineName, recipe: Recipe, jdk: string): Promise<string> {
  const sources = recipeFolder(name);
  const target = path.join(CACHE, `${name}-${await hashSources(sources)}`);
  const mine = turn.then(() => makeJars(target, recipe, { jdk, sources }));
  // Whoever comes next waits for the end of this one, not for its success.
  turn = mine.catch(() => undefined);
  await mine;
  return target;
}
