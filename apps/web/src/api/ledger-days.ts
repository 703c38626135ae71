import { isDay } from '@footfall/core/zone';
import type { LedgerDays } from '#reports/ledger.ts';
import { apiFailure } from './errors.ts';

function readDay(parameters: URLSearchParams, name: 'from' | 'to'): string | null {
  const text = parameters.get(name);
  if (text === null || isDay(text)) return text;
  const message = `${name} must be a day such as 2026-01-31, it is ${JSON.stringify(text)}`;
  throw apiFailure('invalid_parameter', message, { where: name });
}

/**
 * Days of a ledger from an address, both inclusive; an absent one leaves that end open.
 * @throws Failure `invalid_parameter`
 */
export function ledgerDays(parameters: URLSearchParams): LedgerDays {
  const days = { from: readDay(parameters, 'from'), to: readDay(parameters, 'to') };
  if (days.from !== null && days.to !== null && days.to < days.from) {
    throw apiFailure('invalid_parameter', `to (${days.to}) lies before from (${days.from})`, { where: 'to' });
  }
  return days;
}
