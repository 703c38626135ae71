import type { Cursor } from '@footfall/db/staff/page';
import type { SearchParams } from '#access/page.ts';

const CURSOR = /^(\d{1,14})\.([A-Za-z0-9_-]{1,64})$/;

/** One text of an address's parameters; empty where there is none, or several. */
export function readText(params: SearchParams, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}

/** Where a list goes on, from `?after=`; null: at its beginning, as for a text that names no row. */
export function readCursor(params: SearchParams): Cursor | null {
  const [, at, id] = CURSOR.exec(readText(params, 'after')) ?? [];
  return at === undefined || id === undefined ? null : { at: new Date(Number(at)), id };
}

/** An address with parameters; empty ones are left out. */
function withParams(path: string, params: Readonly<Record<string, string>>): string {
  const kept = Object.entries(params).filter(([, value]) => value !== '');
  return kept.length === 0 ? path : `${path}?${new URLSearchParams(kept)}`;
}

/** The address of a list, from `after` on. */
export function listAddress(
  path: string,
  params: Readonly<Record<string, string>>,
  after: Cursor | null,
): string {
  const place = after === null ? '' : `${after.at.getTime()}.${after.id}`;
  return withParams(path, { ...params, after: place });
}
