import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServerActionName } from './server-actions.ts';

/** The id of a server action, and a page that it stands on. */
export type BuiltAction = { id: string; page: string };

/** What Next has made of the server actions. */
type Manifest = {
  node: Record<string, { workers: Record<string, unknown>; filename: string; exportedName: string }>;
};

/** A server action as Next has built it. */
export function findAction(name: ServerActionName): BuiltAction {
  const file = fileURLToPath(new URL('../../.next/server/server-reference-manifest.json', import.meta.url));
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  const found = Object.entries(node).find(
    ([, { filename, exportedName }]) =>
      `${filename.replace(/^apps\/web\/src\/|\.ts$/g, '')}.${exportedName}` === name,
  );
  if (found === undefined) throw new Error(`Next knows no action ${name}`);
  const [id, { workers }] = found;
  // A slot has no address of its own.
  const worker = Object.keys(workers).find((name) => !name.includes('@')) ?? '';
  const page = worker.replace(/^app|\/page$|\/\([^)]*\)/g, '');
  return { id, page: page === '' ? '/' : page };
}
