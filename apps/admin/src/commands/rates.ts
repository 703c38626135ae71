import { readFile } from 'node:fs/promises';
import { putRates, setRates } from '@footfall/db/count/exchange-rate';
import { assignments } from '../assignment.ts';
import { type Command, result } from '../command.ts';
import { withDatabase } from '../database.ts';
import { adminFailure } from '../errors.ts';
import type { Values } from '../options.ts';
import { parseRates } from '../rate-file.ts';

function checkSource({ day, rates, file }: Values): void {
  const isOneDay = day !== undefined && rates !== undefined && file === undefined;
  const isFile = file !== undefined && day === undefined && rates === undefined;
  if (isOneDay || isFile) return;
  throw adminFailure('missing_option', 'set-rates takes --day with --rates, or --file alone');
}

/** Commands that tell what foreign money is worth. */
export const RATE_COMMANDS: Readonly<Record<string, Command>> = {
  'set-rates': {
    summary: 'sets what one euro buys of other currencies, on a day or as a file has it',
    options: {
      day: { meaning: 'the day, with --rates', required: false, example: '2026-01-05' },
      rates: {
        meaning: 'units of each currency that one euro buys',
        required: false,
        example: 'USD=1.0876,GBP=0.8547',
      },
      file: { meaning: 'CSV file of day,currency,rate', required: false, example: 'rates.csv' },
    },
    run: async (values, config) => {
      checkSource(values);
      const { day = '', rates = '', file } = values;
      if (file !== undefined) {
        const table = parseRates(await readFile(file, 'utf8'));
        await withDatabase(config, (db) => putRates(db, table));
        return result({ days: new Set(table.map((rate) => rate.day)).size, rates: table.length });
      }
      const perEuro = assignments(rates.split(','), 'rates');
      await withDatabase(config, (db) => setRates(db, day, perEuro));
      return result({ day, currencies: Object.keys(perEuro).length });
    },
  },
};
