import { access, constants, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '@footfall/core/failure';
import { fileWords } from '@footfall/files/file-problem';
import { makeFolder } from '@footfall/files/make-folder';
import { installationFailure } from './errors.ts';

/** The folder of the sources: relative paths in variables start here, wherever a command is typed. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Where an installation keeps what; absolute paths. */
export type DataDir = {
  root: string;
  /** Held by whoever may start the embedded Postgres; see lock.ts. */
  lock: string;
  secrets: string;
  runtime: string;
  connections: string;
  demo: string;
  logs: string;
  postgres: string;
  /** What collectors took while the log was away, a folder each. */
  spool: string;
  /** What collectors know of sites, keys and salts, encrypted: for a start while the control plane is away. */
  known: string;
};

/** The paths of a data folder, given as in FOOTFALL_DATA_DIR. Touches nothing. */
export function dataDirAt(dir: string): DataDir {
  const root = path.resolve(ROOT, dir);
  return {
    root,
    lock: path.join(root, 'lock'),
    secrets: path.join(root, 'secrets.json'),
    runtime: path.join(root, 'runtime.json'),
    connections: path.join(root, 'connections.json'),
    demo: path.join(root, 'demo.json'),
    logs: path.join(root, 'logs'),
    postgres: path.join(root, 'postgres'),
    spool: path.join(root, 'spool'),
    known: path.join(root, 'known'),
  };
}

/** What is said of a folder that cannot be made, where it differs from what is said of files. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it cannot be made',
  EEXIST: 'it is not a folder',
};

const ROOT_USER = 0;

/**
 * Refuses to work as root in another user's folder: what root makes there, and Postgres as somebody else again, would lock that user out.
 * @throws Failure `data_dir_unusable`
 */
async function checkOwner(root: string): Promise<void> {
  const { uid } = await stat(root);
  if (process.getuid?.() !== ROOT_USER || uid === ROOT_USER) return;
  throw installationFailure(
    'data_dir_unusable',
    `FOOTFALL_DATA_DIR: ${root} belongs to the user with id ${uid}, and what root writes there would lock that user out; run this as that user, for example sudo -u '#${uid}' npm run admin -- status`,
    { where: 'FOOTFALL_DATA_DIR' },
  );
}

/**
 * Makes the data folder when it is absent and checks that it is ours to write.
 * @throws Failure `data_dir_unusable`
 */
export async function openDataDir(dir: string): Promise<DataDir> {
  const paths = dataDirAt(dir);
  try {
    await makeFolder(paths.root);
    await checkOwner(paths.root);
    await makeFolder(paths.logs);
    for (const folder of [paths.root, paths.logs])
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw installationFailure(
      'data_dir_unusable',
      `FOOTFALL_DATA_DIR: ${paths.root} cannot be written (${WORDS[code] ?? fileWords(code)}); set it to a folder of your own, for example FOOTFALL_DATA_DIR=/var/lib/footfall`,
      { where: 'FOOTFALL_DATA_DIR', cause },
    );
  }
  return paths;
}
