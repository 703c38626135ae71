import type { Offer } from '@footfall/db/billing/offer';
import { expect, it } from 'vitest';
import { chooseOffers } from './choice.ts';

const offer = (plan: string, currency: string, interval: Offer['interval'], amount: number): Offer => ({
  priceId: `${plan}-${currency}-${interval}`,
  plan,
  title: plan,
  currency,
  interval,
  amount,
  events: null,
  sites: null,
  members: null,
  retentionMonths: null,
  features: [],
});

const ALL = [
  offer('small', 'EUR', 'month', 900),
  offer('small', 'USD', 'month', 900),
  offer('big', 'EUR', 'month', 1900),
  offer('small', 'EUR', 'year', 9000),
];

const ids = (wish: Parameters<typeof chooseOffers>[1]) =>
  chooseOffers(ALL, wish).offers.map(({ priceId }) => priceId);

it.each([
  ['the month, in the currency of the shop', { preferred: ['USD'] }, ['small-USD-month']],
  [
    'the first currency that there is, where the shop’s is not',
    { preferred: ['CHF'] },
    ['small-EUR-month', 'big-EUR-month'],
  ],
  ['what the address asks for', { interval: 'year', preferred: ['EUR'] }, ['small-EUR-year']],
  [
    'the month, where there is nothing by the year',
    { interval: 'year', currency: 'USD', preferred: [] },
    ['small-USD-month'],
  ],
  [
    'nothing of what an address makes up',
    { interval: 'day', currency: ['EUR'], preferred: [] },
    ['small-EUR-month', 'big-EUR-month'],
  ],
  [
    'the currency of the subscription alone',
    { currency: 'EUR', only: 'USD', preferred: [] },
    ['small-USD-month'],
  ],
])('%s', (_, wish, expected) => {
  expect(ids(wish)).toEqual(expected);
});

it('nothing is sold: nothing is shown', () => {
  expect(chooseOffers([], { preferred: ['EUR'] })).toEqual({
    interval: 'month',
    currency: 'EUR',
    intervals: [],
    currencies: [],
    offers: [],
  });
});
