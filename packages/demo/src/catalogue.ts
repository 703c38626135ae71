export type Product = {
  sku: string;
  name: string;
  category: string;
  path: string;
  /** Euro cents. */
  cents: number;
  weight: number;
};

const product = (
  category: string,
  [sku, name]: readonly [string, string],
  [cents, weight]: readonly [number, number],
): Product => ({
  sku,
  name,
  category,
  path: `/p/${name.toLowerCase().replaceAll(' ', '-')}`,
  cents,
  weight,
});

/** What the demo shop sells; `weight` is how often it is looked at. */
export const PRODUCTS: readonly [Product, ...Product[]] = [
  product('Kitchen', ['K-101', 'Stoneware mug'], [1_490, 9]),
  product('Kitchen', ['K-102', 'Pour over kettle'], [6_900, 6]),
  product('Kitchen', ['K-103', 'Oak cutting board'], [3_450, 5]),
  product('Kitchen', ['K-104', 'Linen apron'], [3_900, 3]),
  product('Table', ['T-201', 'Dinner plate set'], [5_900, 6]),
  product('Table', ['T-202', 'Wine glass pair'], [2_650, 4]),
  product('Table', ['T-203', 'Linen napkins'], [2_200, 3]),
  product('Living', ['L-301', 'Wool blanket'], [8_900, 5]),
  product('Living', ['L-302', 'Beeswax candle'], [1_250, 6]),
  product('Living', ['L-303', 'Reading lamp'], [11_900, 3]),
  product('Garden', ['G-401', 'Herb planter'], [2_990, 4]),
  product('Garden', ['G-402', 'Watering can'], [3_650, 3]),
];

export const CATEGORIES: readonly [string, ...string[]] = ['Kitchen', 'Table', 'Living', 'Garden'];

/** Pages that are read for their own sake. */
export const READING: readonly [string, ...string[]] = [
  '/journal/how-to-care-for-stoneware',
  '/journal/the-perfect-pour-over',
  '/journal/setting-a-table-for-eight',
  '/about',
  '/shipping',
];

/** Cents as the decimal string of the contracts. */
export function amount(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
