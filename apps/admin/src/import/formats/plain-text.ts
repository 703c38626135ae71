/**
 * The text of a cell; empty when it is none. An object or a list of a file of JSON is none: one may name a `toString` of its own, and
 * making text of it would end the import.
 */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : '';
}
