import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
/** Every browser with an evergreen release of 2020 or later; no polyfills are needed for them. */
const TARGET = 'es2020';
/** Properties that neither the page nor the collector sees, and that may have short names. */
const INTERNAL = /^(begin|update|scrolled|take|add|leave|json|tries)$/;

/** Builds what pages load into a folder: `a.js`, the script that starts itself, and `index.js`, the module. */
export async function buildScripts(outdir: string): Promise<void> {
  const common = { absWorkingDir: here, bundle: true, target: TARGET, legalComments: 'none' } as const;
  await Promise.all([
    bundle({
      ...common,
      entryPoints: ['src/script.ts'],
      outfile: join(outdir, 'a.js'),
      format: 'iife',
      minify: true,
      mangleProps: INTERNAL,
      // Spares the file its "use strict": modules are strict in the tests, and nothing here depends on it.
      tsconfigRaw: {},
    }),
    bundle({ ...common, entryPoints: ['src/index.ts'], outfile: join(outdir, 'index.js'), format: 'esm' }),
  ]);
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
