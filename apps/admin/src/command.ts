import type { Config } from '@footfall/config/config';
import type { Given, OptionTable, Values } from './options.ts';

/** What a command answers: one JSON object, the same as lines for people, and whether all is well. */
export type Result = { json: Readonly<Record<string, unknown>>; text: string; ok: boolean };

/** A result of a few named values. */
export function result(json: Readonly<Record<string, string | number | boolean | null>>): Result {
  const width = Math.max(...Object.keys(json).map((name) => name.length));
  const text = Object.entries(json)
    .map(([name, value]) => `${name.padEnd(width)} ${value ?? '-'}`)
    .join('\n');
  return { json, text, ok: true };
}

/** A command of the operator, as a row: what it does, what it takes, how it runs. */
export type Command = {
  summary: string;
  options: OptionTable;
  /** `given` has all values of the options that may be repeated. */
  run(values: Values, config: Config, given: Given): Promise<Result>;
};
