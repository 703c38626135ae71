import { isJsonObject, type JsonObject } from '@footfall/core/json';
import { MAX_PROP_NAME, MAX_PROP_VALUE, MAX_PROPS } from '@footfall/core/validate';

/** Objects within objects that become names with dots; what lies deeper is kept as text of JSON. */
const MAX_DEPTH = 5;

/** Stands for what is nested so deeply that it has no text. */
const TOO_DEEP = '[…]';

function valueText(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP;
    throw error;
  }
}

function* leaves(
  fields: JsonObject,
  prefix: string,
  depth: number,
): Generator<[name: string, value: unknown]> {
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (key === '' || value === null || value === undefined) continue;
    if (isJsonObject(value) && depth < MAX_DEPTH) yield* leaves(value, `${prefix}${key}.`, depth + 1);
    else yield [prefix + key, value];
  }
}

/**
 * Properties of any JSON as props: nested objects by names with dots, lists as text of JSON. Beyond what an event may have they are
 * cut, since a prop is worth less than its event: the first 30, names to 300 and values to 2,000 characters.
 */
export function collectProps(
  fields: JsonObject,
  without: ReadonlySet<string> = new Set(),
): Record<string, string> {
  const props = new Map<string, string>();
  for (const [name, value] of leaves(fields, '', 1)) {
    if (without.has(name.split('.', 1)[0] as string)) continue;
    if (props.size === MAX_PROPS) break;
    props.set(name.slice(0, MAX_PROP_NAME), valueText(value).slice(0, MAX_PROP_VALUE));
  }
  return Object.fromEntries(props);
}
