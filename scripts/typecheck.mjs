// @ts-check
// `npm run typecheck`: every folder with a tsconfig.json, by TypeScript 7, which takes a tenth of the time of 6. The tools that
// read our sources (dependency-cruiser, Prisma) know 6 alone, so `typescript` stays 6.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { NODE_24, ROOT, toolEnvironment } from './lib/paths.mjs';

const TSC = path.join(ROOT, 'node_modules/typescript-7/bin/tsc');
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next');
const PROJECTS = [
  ...['apps', 'packages', 'examples'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`),
  ),
  ...['e2e', 'bench', 'scripts'],
];

/** @param {string[]} args @param {string} [folder] */
function succeeds(args, folder = '') {
  const options = { cwd: path.join(ROOT, folder), env: toolEnvironment() };
  return spawnSync(NODE_24, args, { ...options, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

const named = process.argv.slice(2);
const folders = named.length > 0 ? named : PROJECTS;
const failed = folders
  .filter((folder) => existsSync(path.join(ROOT, folder, 'tsconfig.json')))
  .filter((folder) => {
    // The types of the portal's addresses are made from its pages.
    if (folder === 'apps/web' && !succeeds([NEXT, 'typegen'], folder)) return true;
    return !succeeds([TSC, '--noEmit', '-p', folder]);
  });
if (failed.length > 0) {
  process.stderr.write(`typecheck: ${failed.join(', ')}\n`);
  process.exitCode = 1;
}
