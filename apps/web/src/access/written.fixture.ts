import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What the sources have of one kind: by the name that a table would give it, and made by the helper that asks this table. */
export type Written = {
  name: string;
  /** The file, from `src/`. */
  file: string;
  /** The name that the helper is given; null when it is made without a helper. */
  asks: string | null;
  methods?: readonly string[];
};

const HELPERS = {
  slot: /^export default siteControls\(\s*'([^']+)'/m,
  page: /^export default (?:publicPage|publicSitePage|accountPage|staffPage|memberPage|sitePage)\(\s*'([^']+)'/m,
  route:
    /\b(?:guardedRoute|accountRoute|openRoute|publicSiteRoute|answerQueries|answerBehaviours|answerStats|answerEmbeds)\(\s*'([^']+)'/,
  action:
    /^export const (\w+) = (?:formAction|staffAction|buttonAction|accountAction|publicFormAction|publicAction)\(\s*'([^']+)'/,
};

const EXPORT = /^export (?!type\b).*$/gm;

/** The address of a file under `app/`: route groups and slots are not part of it. */
function pageAddress(file: string): string {
  const parts = path.dirname(file).split(path.sep).slice(1);
  return `/${parts.filter((part) => !/^\(.*\)$|^@/.test(part)).join('/')}`;
}

/** The layout group that a file stands in. */
export const routeGroup = (file: string): string | null => /^app[/\\]\((\w+)\)/.exec(file)?.[1] ?? null;

/** A page in its source. */
export const readPage = (file: string, source: string): Written => ({
  name: pageAddress(file),
  file,
  asks: HELPERS.page.exec(source)?.[1] ?? null,
});

/** What a page puts into a slot of its layout (`@name`), in its source. */
export const readSlot = (file: string, source: string): Written => ({
  name: pageAddress(file),
  file,
  asks: HELPERS.slot.exec(source)?.[1] ?? null,
});

/** Whether a slot shows nothing, so that nobody need be asked for. */
const isEmptySlot = (source: string) =>
  /^export default function \w+\(\) {\n {2}return null;\n}$/m.test(source);

/** A route handler in its source, with the methods that it answers rather than refuses. */
export function readRoute(file: string, source: string): Written {
  const exported = (source.match(EXPORT) ?? []).flatMap((line) => [
    ...line.matchAll(
      /(?:const|function) (GET|POST|PUT|PATCH|DELETE)\b|(\w+) as (GET|POST|PUT|PATCH|DELETE)/g,
    ),
  ]);
  const answered = exported.filter(([, , handler]) => handler !== 'refuse');
  return {
    name: pageAddress(file),
    file,
    asks: HELPERS.route.exec(source)?.[1] ?? null,
    methods: answered.map(([, own, , renamed]) => own ?? renamed ?? ''),
  };
}

/** The server actions of a source. A directive inside a function makes one, too: it has no name, so no table can have it. */
export function readActions(file: string, source: string): Written[] {
  if (!/^\s*['"]use server['"];?\s*$/m.test(source)) return [];
  const folder = file
    .replace(/\.tsx?$/, '')
    .split(path.sep)
    .join('/');
  if (!/^['"]use server['"];/.test(source)) return [{ name: `${folder}.(inline)`, file, asks: null }];
  return (source.match(EXPORT) ?? []).map((line) => {
    // The call may go on in the next line.
    const rest = source.slice(source.indexOf(line));
    const [, name, asks] = HELPERS.action.exec(rest) ?? [];
    const said = /^export (?:async )?(?:const|function|default)\s+(\w+)/.exec(line)?.[1];
    return { name: `${folder}.${name ?? said ?? line}`, file, asks: asks ?? null };
  });
}

/** Everything of each kind in the sources under a folder. */
export function readSources(
  root: string,
): Readonly<Record<'pages' | 'slots' | 'routes' | 'actions', Written[]>> {
  const read = (pattern: string) =>
    globSync(pattern, { cwd: root })
      .filter((file) => !/\.(test|fixture)\.tsx?$/.test(file))
      .map((file) => ({ file, source: readFileSync(path.join(root, file), 'utf8') }));
  const pages = read('app/**/page.tsx').filter(({ file }) => !file.includes('@'));
  const slots = read('app/**/@*/**/{page,default}.tsx').filter(({ source }) => !isEmptySlot(source));
  return {
    pages: pages.map(({ file, source }) => readPage(file, source)),
    slots: slots.map(({ file, source }) => readSlot(file, source)),
    routes: read('app/**/route.ts').map(({ file, source }) => readRoute(file, source)),
    actions: read('**/*.{ts,tsx}').flatMap(({ file, source }) => readActions(file, source)),
  };
}

/** What a table and the sources do not agree on, as sentences. */
export function differences(table: readonly string[], written: readonly Written[]): string[] {
  const names = written.map(({ name }) => name);
  return [
    ...written
      .filter(({ name }) => !table.includes(name))
      .map(({ name, file }) => `${name} (${file}) is not in the table`),
    ...table
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is in the table and nowhere else`),
    ...written
      .filter(({ name, asks }) => table.includes(name) && asks !== name)
      .map(({ name, asks }) => `${name} asks for ${asks ?? 'nobody'}`),
  ];
}
