import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { serviceEnvironment } from '@footfall/config/config';
import { engineFailure } from './errors.ts';
import type { JavaNeed } from './recipe.ts';

const run = promisify(execFile);

/** Where systems and package managers put Java, with what leads from an entry to its home. */
const FOLDERS: readonly { folder: string; home: string }[] = [
  { folder: '/usr/lib/jvm', home: '' },
  { folder: '/Library/Java/JavaVirtualMachines', home: 'Contents/Home' },
  { folder: '/opt/homebrew/opt', home: 'libexec/openjdk.jdk/Contents/Home' },
  { folder: '/usr/local/opt', home: 'libexec/openjdk.jdk/Contents/Home' },
];

/** The home that the `java` of the path belongs to; undefined when there is none. */
async function homeOnPath(): Promise<string | undefined> {
  try {
    const { stderr } = await run('java', ['-XshowSettings:properties', '-version']);
    return /^\s*java\.home = (.*)$/m.exec(stderr)?.[1];
  } catch {
    // No java, or the stand-in of macOS that only says where to get one.
    return undefined;
  }
}

async function knownHomes(): Promise<string[]> {
  const lists = FOLDERS.map(async ({ folder, home }) => {
    // A folder of another system.
    const names = await readdir(folder).catch(() => [] as string[]);
    return names.sort().map((name) => path.join(folder, name, home));
  });
  return (await Promise.all(lists)).flat();
}

/** The major version that the `release` file of a Java tells: 8 for `1.8.0_402`; 0 when it tells none. */
export function majorVersion(release: string): number {
  const [, first = '0', second = '0'] = /^JAVA_VERSION="(\d+)(?:\.(\d+))?/m.exec(release) ?? [];
  return Number(first === '1' ? second : first);
}

/** A Java that is there: `version` is its major version. */
export type Java = { home: string; version: number; compiler: boolean };

/** All Java of this machine: of JAVA_HOME, of the path, of the usual folders, in this order. */
export async function installedJava(): Promise<Java[]> {
  const { JAVA_HOME } = serviceEnvironment({});
  const homes = [JAVA_HOME, await homeOnPath(), ...(await knownHomes())].filter((home) => home !== undefined);
  const found = [...new Set(homes)]
    .filter((home) => existsSync(path.join(home, 'bin/java')))
    .map(async (home) => ({
      home,
      // Without that file it is not Java that we know how to judge.
      version: majorVersion(await readFile(path.join(home, 'release'), 'utf8').catch(() => '')),
      compiler: existsSync(path.join(home, 'bin/javac')),
    }));
  return Promise.all(found);
}

/** The first Java that can run an engine. */
export function fittingJava(need: JavaNeed, installed: readonly Java[]): Java | undefined {
  const { lowest, highest, compiler } = need;
  return installed.find(
    (java) => java.version >= lowest && java.version <= highest && (java.compiler || !compiler),
  );
}

/**
 * The home of the first Java that fits.
 * @throws Failure `java_missing` naming the package to install
 */
export function chooseJava(title: string, need: JavaNeed, installed: readonly Java[]): string {
  const fit = fittingJava(need, installed);
  if (fit !== undefined) return fit.home;
  const { lowest, highest, compiler } = need;
  const versions = [...new Set(installed.map(({ version }) => version))].sort((a, b) => a - b);
  const range = lowest === highest ? `${lowest}` : `${lowest} to ${highest}`;
  throw engineFailure(
    'java_missing',
    `${title} needs a ${compiler ? 'JDK' : 'Java'} ${range}, found ${versions.join(', ') || 'none'}: ` +
      `apt-get install ${need.debian} (Debian, Ubuntu), brew install ${need.homebrew} (macOS), or https://adoptium.net`,
  );
}
