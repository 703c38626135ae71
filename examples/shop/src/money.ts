/** All prices of the shop are in this currency, in whole cents. */
export const CURRENCY = 'EUR';

/** Cents as a decimal string without currency, as orders are reported: `24.00`. */
export function decimal(cents: number): string {
  return `${Math.trunc(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** Cents as people read them: `€24.00`. */
export function price(cents: number): string {
  return `€${decimal(cents)}`;
}
