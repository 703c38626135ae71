import type { Offer } from '@footfall/db/billing/offer';

/** By which interval and in which currency offers are shown, and what else could be chosen. */
export type OfferChoice = {
  interval: Offer['interval'];
  currency: string;
  intervals: readonly Offer['interval'][];
  currencies: readonly string[];
  offers: readonly Offer[];
};

const INTERVALS = ['month', 'year'] as const;

/** The first of some wishes that is there; else the first that there is. */
function findFirst<T>(wishes: readonly unknown[], there: readonly T[], otherwise: T): T {
  const wish = wishes.find((one) => (there as readonly unknown[]).includes(one));
  return there.find((one) => one === wish) ?? there[0] ?? otherwise;
}

/**
 * Which offers are shown: by what the address asks for, else in the currency of whoever looks, such as that of their first shop. `only`:
 * the currency that a subscription is in, which stays.
 */
export function chooseOffers(
  all: readonly Offer[],
  wish: { interval?: unknown; currency?: unknown; preferred: readonly string[]; only?: string | undefined },
): OfferChoice {
  const inReach = wish.only === undefined ? all : all.filter(({ currency }) => currency === wish.only);
  const currencies = [...new Set(inReach.map(({ currency }) => currency))].sort();
  const currency = findFirst([wish.currency, ...wish.preferred], currencies, 'EUR');
  const priced = inReach.filter((offer) => offer.currency === currency);
  const intervals = INTERVALS.filter((interval) => priced.some((offer) => offer.interval === interval));
  const interval = findFirst([wish.interval], intervals, 'month');
  const offers = priced.filter((offer) => offer.interval === interval);
  return { interval, currency, intervals, currencies, offers };
}
