import type { Config } from '@footfall/config/config';
import type { OptionTable, Values } from './options.ts';

/** What a command answers: one JSON object, the same as lines for people, and whether all is well. */
export type Result = { json: Readonly<Record<string, unknown>>; text: string; ok: boolean };

/** A command of the operator, as a row: what it does, what it takes, how it runs. */
export type Command = {
  summary: string;
  options: OptionTable;
  run(values: Values, config: Config): Promise<Result>;
};
