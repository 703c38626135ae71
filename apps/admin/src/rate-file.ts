import { Failure } from '@footfall/core/failure';
import { checkRate, type ExchangeRate } from '@footfall/db/count/exchange-rate';
import { adminFailure } from './errors.ts';

const HEADER = 'day,currency,rate';

function parseRate(line: string, number: number): ExchangeRate {
  const [day = '', currency = '', perEuro = '', ...more] = line.split(',').map((field) => field.trim());
  const where = `line ${number}`;
  if (perEuro === '' || more.length > 0) {
    throw adminFailure('invalid_file', `${where}: ${JSON.stringify(line)} is not of the form ${HEADER}`, {
      where,
    });
  }
  const rate = { day, currency, perEuro };
  try {
    checkRate(rate);
  } catch (error) {
    if (error instanceof Failure) throw adminFailure('invalid_file', `${where}: ${error.message}`, { where });
    throw error;
  }
  return rate;
}

/**
 * The rates of a CSV text with a line `day,currency,rate` each, with or without these words as the first line.
 * @throws Failure `invalid_file`, naming the line
 */
export function parseRates(text: string): ExchangeRate[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const isHeader = index === 0 && line.replaceAll(/\s/g, '').toLowerCase() === HEADER;
    return line.trim() === '' || isHeader ? [] : parseRate(line, index + 1);
  });
}
