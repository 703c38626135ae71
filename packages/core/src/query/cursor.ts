import type { MetricValue } from '../metric.ts';
import { queryFailure } from './errors.ts';
import type { Cursor } from './query.ts';

const MAX_LENGTH = 16_000;

/** A cursor as text that an address can carry. */
export function cursorText({ values, key }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([values, key]));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function decode(text: string): unknown {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(binary, (unit) => unit.charCodeAt(0))));
}

const isValue = (value: unknown): value is MetricValue =>
  value === null ||
  Number.isFinite(value) ||
  (typeof value === 'string' && /^-?\d{1,40}(\.\d{1,20})?$/.test(value));

/**
 * Reads `pagination.cursor`, as `meta.next_cursor` of the page before gave it for the same query.
 * @throws Failure `invalid_pagination`
 */
export function parseCursor(value: unknown, sizes: { orders: number; dimensions: number }): Cursor {
  try {
    if (typeof value === 'string' && value.length <= MAX_LENGTH) {
      const [values, key] = decode(value) as [unknown, unknown];
      const fits = Array.isArray(values) && values.length === sizes.orders && values.every(isValue);
      const keyed = Array.isArray(key) && key.length === sizes.dimensions;
      if (fits && keyed && key.every((text) => typeof text === 'string')) return { values, key };
    }
  } catch {
    // Not ours: said below, as for every other text.
  }
  throw queryFailure(
    'invalid_pagination',
    'cursor must be meta.next_cursor of the page before, of the same query',
    { where: 'pagination.cursor' },
  );
}
