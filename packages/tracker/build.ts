import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { minify } from 'terser';
import { PARTS } from './src/part-names.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** Every browser with an evergreen release of 2020 or later; no polyfills are needed for them. */
const TARGET = 'es2020';
const COMMON = { absWorkingDir: here, bundle: true, target: TARGET, legalComments: 'none' } as const;
/** Properties of the core that neither the page, nor the collector, nor an extension sees, and that may have short names. */
const INTERNAL = /^(json|bytes|callbacks)$/;

/** Builds one script of a page, as short as it gets: the second minifier puts functions that are used once in their place. */
async function buildScript(entry: string, outfile: string, mangleProps?: RegExp): Promise<void> {
  const { outputFiles } = await bundle({
    ...COMMON,
    entryPoints: [entry],
    format: 'iife',
    minify: true,
    write: false,
    // Spares the file its "use strict": modules are strict in the tests, and nothing here depends on it.
    tsconfigRaw: {},
    ...(mangleProps ? { mangleProps } : {}),
  });
  // Not `toplevel`: that takes the function around a script away where it can, and its names become the page's.
  const { code = '' } = await minify(outputFiles[0]?.text ?? '', {
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true, hoist_funs: true },
  });
  mkdirSync(dirname(outfile), { recursive: true });
  await writeFile(outfile, code);
}

/** The module: an entry for what is exported, and what they share once. */
function buildModules(outdir: string): Promise<unknown> {
  const extensions = PARTS.map((name) => `src/extensions/${name}.ts`);
  return bundle({
    ...COMMON,
    entryPoints: ['src/index.ts', 'src/react.ts', 'src/next.ts', ...extensions],
    outbase: 'src',
    outdir,
    format: 'esm',
    splitting: true,
    external: ['react'],
  });
}

/**
 * Builds what pages load into a folder: `a.js`, the script that starts itself; `parts/`, what it can be extended by, and
 * `parts.json`, their order; `index.js` and its neighbours, the module.
 */
export async function buildScripts(outdir: string): Promise<void> {
  await Promise.all([
    buildScript('src/script.ts', join(outdir, 'a.js'), INTERNAL),
    ...PARTS.map((name) => buildScript(`src/parts/${name}.ts`, join(outdir, 'parts', `${name}.js`))),
    buildModules(outdir),
  ]);
  await writeFile(join(outdir, 'parts.json'), JSON.stringify(PARTS));
}

/** Writes the types of the module's public API to a folder. */
export function buildTypes(outdir: string): void {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  );
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.types.json', '--outDir', outdir], {
    cwd: here,
    stdio: 'inherit',
  });
}

if (import.meta.main) {
  const dist = join(here, 'dist');
  rmSync(dist, { recursive: true, force: true });
  await buildScripts(dist);
  buildTypes(dist);
}
