/** Cards of the stand-in's pages: Stripe's own numbers for tests. */
export const CARDS = {
  works: { number: '4242424242424242', label: 'works', asks: false, pays: true, renews: true },
  authenticates: {
    number: '4000002500003155',
    label: 'asks for 3-D Secure',
    asks: true,
    pays: true,
    renews: true,
  },
  'always asks': {
    number: '4000002760003184',
    label: 'asks for 3-D Secure at every payment',
    asks: true,
    pays: true,
    renews: false,
  },
  expires: { number: '4000000000000341', label: 'is declined later', asks: false, pays: true, renews: false },
  declined: {
    number: '4000000000000002',
    label: 'is declined at once',
    asks: false,
    pays: false,
    renews: false,
  },
} as const;
export type CardName = keyof typeof CARDS;

/** The card of a number, with or without spaces; null: none of the stand-in's. */
export function findCard(number: string): CardName | null {
  const digits = number.replaceAll(/\s/g, '');
  const found = Object.entries(CARDS).find(([, card]) => card.number === digits);
  return found === undefined ? null : (found[0] as CardName);
}
