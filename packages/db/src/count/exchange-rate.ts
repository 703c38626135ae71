import { isCurrency } from '@footfall/core/money';
import { addDays, isDay, listDays } from '@footfall/core/zone';
import type { Pool } from '@footfall/postgres/pool';
import { controlFailure } from '../errors.ts';
import type { Database } from '../prisma.ts';

/** How many units of a currency one euro buys on a day, `YYYY-MM-DD`; decimal text. */
export type ExchangeRate = { day: string; currency: string; perEuro: string };

const EURO = 'EUR';

/** Digits before and behind the point; reckoning uses no more. */
const RATE = /^\d{1,12}(\.\d{1,18})?$/;

/** Reference rates are not set on weekends and holidays: the last one stands for so many days. */
const STANDS_DAYS = 7;

const invalidRate = (where: string, message: string) => controlFailure('invalid_rate', message, { where });

/**
 * Refuses what cannot be a rate.
 * @throws Failure `invalid_rate`, `unknown_currency`
 */
export function checkRate({ day, currency, perEuro }: ExchangeRate): void {
  if (!isDay(day)) throw invalidRate('day', `${JSON.stringify(day)} is not a day, such as 2026-01-31`);
  if (!isCurrency(currency)) {
    throw controlFailure(
      'unknown_currency',
      `${JSON.stringify(currency)} is not an ISO 4217 currency, such as USD`,
      { where: 'currency' },
    );
  }
  if (!RATE.test(perEuro) || !/[1-9]/.test(perEuro)) {
    const what = `${JSON.stringify(perEuro)} of ${currency} is not a rate`;
    throw invalidRate('rate', `${what}: a positive decimal, units that one euro buys, such as 1.0876`);
  }
  if (currency === EURO && Number(perEuro) !== 1) throw invalidRate('rate', 'one euro buys one euro');
}

/**
 * Keeps rates, in place of those known for the same days and currencies: all of them or, when one is wrong, none. Of several for the
 * same day and currency the last stands.
 * @throws Failure `invalid_rate`, `unknown_currency`
 */
export async function putRates(db: Database, rates: readonly ExchangeRate[]): Promise<void> {
  for (const rate of rates) checkRate(rate);
  const foreign = rates.filter(({ currency }) => currency !== EURO);
  const kept = [...new Map(foreign.map((rate) => [`${rate.day} ${rate.currency}`, rate])).values()];
  const [days, currencies, perEuro] = [
    kept.map(({ day }) => day),
    kept.map(({ currency }) => currency),
    kept.map((rate) => rate.perEuro),
  ];
  // In one order of keys, so that two that keep the same rates never wait for each other in a circle.
  await db.$executeRaw`
    INSERT INTO exchange_rate (day, currency, per_eur)
    SELECT day::date, currency, per_eur::numeric
    FROM unnest(${days}::text[], ${currencies}::text[], ${perEuro}::text[]) AS r(day, currency, per_eur) ORDER BY 1, 2
    ON CONFLICT (day, currency) DO UPDATE SET per_eur = excluded.per_eur`;
}

/**
 * Keeps the rates of one day, by currency; see {@link putRates}.
 * @throws Failure `invalid_rate`, `unknown_currency`
 */
export function setRates(
  db: Database,
  day: string,
  perEuro: Readonly<Record<string, string>>,
): Promise<void> {
  return putRates(
    db,
    Object.entries(perEuro).map(([currency, rate]) => ({ day, currency, perEuro: rate })),
  );
}

const READ = `
SELECT day::text, currency, per_eur::text AS "perEuro" FROM exchange_rate
WHERE currency = ANY($1) AND day BETWEEN $2::date AND $3::date ORDER BY day`;

type Need = { currencies: readonly string[]; from: string; to: string };

/** The rates of one currency on the given days, each from the latest day on or before it. `known` has the rates by day. */
function ratesByDay(known: ReadonlyMap<string, string>, days: readonly string[]): Map<string, string> {
  const rates = new Map<string, string>();
  for (const day of days) {
    for (let age = 0; age <= STANDS_DAYS; age += 1) {
      const rate = known.get(addDays(day, -age));
      if (rate === undefined) continue;
      rates.set(day, rate);
      break;
    }
  }
  return rates;
}

/**
 * What one euro buys of currencies on the days from `from` to `to` (inclusive), decimal texts by `day currency`: the latest rate on or
 * before the day that is at most 7 days old; absent where there is none. One euro buys `1` EUR.
 */
export async function readRates(pool: Pool, { currencies, from, to }: Need): Promise<Map<string, string>> {
  const days = listDays(from, to);
  const { rows } = await pool.query<ExchangeRate>({
    name: 'read-rates',
    text: READ,
    values: [currencies, addDays(from, -STANDS_DAYS), to],
  });
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return new Map(
    currencies.flatMap((currency) => {
      const own = byCurrency.get(currency) ?? [];
      const rates =
        currency === EURO
          ? new Map(days.map((day) => [day, '1']))
          : ratesByDay(new Map(own.map(({ day, perEuro }) => [day, perEuro])), days);
      return [...rates].map(([day, rate]) => [`${day} ${currency}`, rate] as const);
    }),
  );
}
