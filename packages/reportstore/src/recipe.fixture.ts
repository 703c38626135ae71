import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A copy of the project's source that rows are added to, as CONTRIBUTING.md says. */

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** What rows reach; the other packages are those of the project itself. */
const COPIED: Readonly<Record<string, string>> = {
  'packages/core': 'src',
  'packages/reportstore': 'src',
  'packages/eventstore': 'src',
  'apps/web': 'src/api',
};

export type Copy = {
  /** Adds a row at the end of a table: before the text that closes it. */
  addRow(file: string, end: string, row: string): Promise<void>;
  /** What a module of the copy, written here, prints as JSON. */
  run(source: string): Promise<unknown>;
  remove(): Promise<void>;
};

async function linkModules(folder: string): Promise<void> {
  const modules = path.join(ROOT, 'node_modules');
  const own = path.join(folder, 'node_modules');
  await mkdir(path.join(own, '@footfall'), { recursive: true });
  for (const name of await readdir(modules))
    if (name !== '@footfall' && !name.startsWith('.'))
      await symlink(path.join(modules, name), path.join(own, name));
  const copied = new Map(Object.keys(COPIED).map((one) => [path.basename(one), path.join(folder, one)]));
  for (const name of await readdir(path.join(modules, '@footfall'))) {
    const target = copied.get(name) ?? (await realpath(path.join(modules, '@footfall', name)));
    await symlink(target, path.join(own, '@footfall', name));
  }
}

export async function copyOfSource(): Promise<Copy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'footfall-recipe-'));
  const filter = (source: string) => !/\.(test|contract|browser)\.tsx?$/.test(source);
  for (const [copied, part] of Object.entries(COPIED)) {
    await cp(path.join(ROOT, copied, part), path.join(folder, copied, part), { recursive: true, filter });
    await cp(path.join(ROOT, copied, 'package.json'), path.join(folder, copied, 'package.json'));
  }
  await linkModules(folder);
  return {
    addRow: async (file, end, row) => {
      const target = path.join(folder, file);
      const text = await readFile(target, 'utf8');
      if (text.split(end).length !== 2) throw new Error(`${file} has not one table that ends in ${end}`);
      await writeFile(target, text.replace(end, `${row}\n${end}`));
    },
    run: async (source) => {
      const main = path.join(folder, 'packages/reportstore/src/recipe-main.ts');
      await writeFile(main, source);
      const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', main], {
        cwd: folder,
      });
      return JSON.parse(stdout);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
