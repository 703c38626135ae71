import { isCurrency } from '@footfall/core/money';
import { isTimeZone, isWeekStart, WEEK_STARTS, type WeekStart } from '@footfall/core/zone';
import { entitlementWithin } from '../billing/entitlement.ts';
import { controlFailure } from '../errors.ts';
import type { Transaction } from './transaction.ts';

/** IANA names only: an offset such as +02:00 knows no summer, and Postgres would read it as west of Greenwich. */
const isZoneName = (timezone: string) => /^[A-Za-z]/.test(timezone) && isTimeZone(timezone);

/** A time zone as it is kept. Throws Failure `invalid_timezone`. */
export function validateTimezone(text: string): string {
  if (isZoneName(text)) return text;
  throw controlFailure(
    'invalid_timezone',
    `${JSON.stringify(text)} is not a time zone, such as Europe/Berlin`,
    {
      where: 'timezone',
      values: { timezone: text },
    },
  );
}

/** A currency as it is kept. Throws Failure `unknown_currency`. */
export function validateCurrency(text: string): string {
  const currency = text.toUpperCase();
  if (isCurrency(currency)) return currency;
  throw controlFailure(
    'unknown_currency',
    `${JSON.stringify(currency)} is not an ISO 4217 currency, such as EUR`,
    { where: 'currency', values: { currency } },
  );
}

/** A day on which weeks begin. Throws Failure `invalid_week_start`. */
export function validateWeekStart(text: string): WeekStart {
  if (isWeekStart(text)) return text;
  throw controlFailure(
    'invalid_week_start',
    `${JSON.stringify(text)} is not a day on which weeks begin: ${WEEK_STARTS.join(', ')}`,
    { where: 'weekStart', values: {} },
  );
}

/** Fifty years: what nobody means by a number of months. */
const MOST_MONTHS = 600;

/** The most months that a tenant's plan keeps events for; null: it has no limit. */
export async function longestRetention(transaction: Transaction, tenantId: string): Promise<number | null> {
  return (await entitlementWithin(transaction, tenantId))?.limits.retention_months ?? null;
}

/** Makes sure that a tenant may have events kept for so many months. Throws Failure `invalid_retention`. */
export async function requireRetention(
  transaction: Transaction,
  tenantId: string,
  months: number | null,
): Promise<void> {
  if (months === null) return;
  const most = Math.min(MOST_MONTHS, (await longestRetention(transaction, tenantId)) ?? MOST_MONTHS);
  if (Number.isInteger(months) && months >= 1 && months <= most) return;
  throw controlFailure('invalid_retention', `events are kept for 1 to ${most} months`, {
    where: 'retentionMonths',
    values: { most },
  });
}
