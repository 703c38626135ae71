import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Recipe } from './recipe.ts';

const run = promisify(execFile);

const NETTY = 'modules/transport-netty4';
const ROOT = 'modules/rest-root';
const DESCRIPTOR = 'plugin-descriptor.properties';

/** With the system's libzstd, indices with `best_compression` can be written too; without, all others can. */
async function linkZstd(native: string): Promise<void> {
  // No ldconfig (macOS, musl) means no list to look into.
  const { stdout } = await run('ldconfig', ['-p']).catch(() => ({ stdout: '' }));
  const library = /libzstd\.so\.1 .*=> (\S+)/.exec(stdout)?.[1];
  if (library !== undefined) await symlink(library, path.join(native, 'libzstd.so'));
}

/** The transport that the server finds as a module: its jars in a folder of their own, with their description beside them. */
async function layOutNetty(jars: string, jdk: string): Promise<void> {
  const netty = path.join(jars, NETTY);
  await mkdir(netty, { recursive: true });
  const files = await readdir(path.join(jars, 'lib'));
  const moved = files.filter((file) => /^(netty|transport-netty4)-.*\.jar$/.test(file));
  for (const file of moved) await rename(path.join(jars, 'lib', file), path.join(netty, file));
  const jar = moved.find((file) => file.startsWith('transport-netty4-')) ?? '';
  await run(path.join(jdk, 'bin/jar'), ['xf', path.join(netty, jar), 'META-INF/es-plugins'], { cwd: jars });
  const description = path.join(jars, 'META-INF/es-plugins/transport-netty4', DESCRIPTOR);
  // It is loaded from the class path here, so that its description must not name a module.
  const lines = (await readFile(description, 'utf8')).split('\n');
  const kept = lines.filter((line) => !line.startsWith('modulename='));
  await writeFile(path.join(netty, DESCRIPTOR), kept.join('\n'));
  await rm(path.join(jars, 'META-INF'), { recursive: true });
}

/** The launcher, and the stand-in for the unpublished module that answers `GET /`. */
async function compile(jars: string, tools: { jdk: string; sources: string }): Promise<void> {
  const javac = (source: string, to: string) =>
    run(path.join(tools.jdk, 'bin/javac'), [
      ...['-proc:none', '-cp', path.join(jars, 'lib', '*'), '-d', to],
      path.join(tools.sources, source),
    ]);
  await javac('EsNode.java', path.join(jars, 'classes'));
  const classes = path.join(jars, 'rest-root-classes');
  const root = path.join(jars, ROOT);
  await mkdir(root, { recursive: true });
  await javac('rest-root/RestRootPlugin.java', classes);
  await run(path.join(tools.jdk, 'bin/jar'), ['cf', path.join(root, 'rest-root.jar'), '-C', classes, '.']);
  await copyFile(path.join(tools.sources, 'rest-root', DESCRIPTOR), path.join(root, DESCRIPTOR));
  await rm(classes, { recursive: true });
}

export const ELASTICSEARCH: Recipe = {
  title: 'Elasticsearch',
  variable: 'REPORT_STORE_URL',
  java: {
    lowest: 21,
    highest: 25,
    compiler: true,
    debian: 'openjdk-21-jdk-headless',
    homebrew: 'openjdk@21',
  },
  heap: '512m',
  templates: ['elasticsearch.yml', 'log4j2.properties'],
  build: async (jars, tools) => {
    const native = path.join(jars, 'native');
    await mkdir(native, { recursive: true });
    await linkZstd(native);
    await layOutNetty(jars, tools.jdk);
    await compile(jars, tools);
  },
  run: ({ jars, config, heap }) => [
    ...['-Xms512m', `-Xmx${heap}`, '-XX:+ExitOnOutOfMemoryError'],
    ...['--enable-native-access=ALL-UNNAMED', '--add-modules', 'jdk.incubator.vector'],
    `-Des.nativelibs.path=${path.join(jars, 'native')}`,
    '-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false',
    ...['-cp', [path.join(jars, 'classes'), path.join(jars, 'lib', '*')].join(path.delimiter)],
    ...['EsNode', jars, config],
  ],
  isReady: async (port) => {
    const health = `http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=2s`;
    try {
      return (await fetch(health, { signal: AbortSignal.timeout(5_000) })).ok;
    } catch {
      // Nobody listens yet, or the answer is late: asked again.
      return false;
    }
  },
  url: (port) => `http://127.0.0.1:${port}`,
};
