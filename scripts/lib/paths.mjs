// @ts-check
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the sources. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The Node that runs services and tools, from npm. */
export const NODE_24 = path.join(
  ROOT,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** What stops a command: its message is one line for the operator. */
export class Stop extends Error {}

/**
 * As `makeFolder` of packages/files, which cannot be imported before there is a Node that runs TypeScript.
 * @param {string} folder
 * @returns {void}
 */
export function makeFolderSync(folder) {
  const makeOne = () => {
    try {
      mkdirSync(folder, { mode: 0o700 });
    } catch (error) {
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    }
  };
  try {
    makeOne();
  } catch (error) {
    const parent = path.dirname(folder);
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT' || parent === folder) throw error;
    makeFolderSync(parent);
    makeOne();
  }
}

/**
 * The log of installing and building, in the data folder; made when it is absent.
 * @param {string} name
 */
export function setupLog(name) {
  const folder = path.resolve(ROOT, process.env.FOOTFALL_DATA_DIR || '.footfall', 'logs');
  try {
    makeFolderSync(folder);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new Stop(
      `FOOTFALL_DATA_DIR: ${path.dirname(folder)} cannot be written (${code}); set it to a folder of your own, for example FOOTFALL_DATA_DIR=/var/lib/footfall`,
    );
  }
  return path.join(folder, `${name}.log`);
}

/** The environment of tools: Node 24 comes first, and nobody phones home. */
export function toolEnvironment() {
  const { NODE_ENV: _, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: `${path.dirname(NODE_24)}${path.delimiter}${path.join(ROOT, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    NEXT_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    DO_NOT_TRACK: '1',
  };
}
