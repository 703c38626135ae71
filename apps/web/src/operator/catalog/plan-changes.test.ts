import { expect, it } from 'vitest';
import { comparePlans } from './plan-changes.ts';

const plan = {
  title: 'Growth',
  description: '',
  events: 100_000,
  eventsPerSecond: null,
  sites: 3,
  members: null,
  retentionMonths: 24,
  queriesPerHour: 600,
  features: ['dashboards'],
  prices: [
    { currency: 'EUR', interval: 'month' as const, amount: 900 },
    { currency: 'EUR', interval: 'year' as const, amount: 9_000 },
  ],
};

it('of two versions that are alike there is nothing to tell', () => {
  expect(comparePlans(plan, structuredClone(plan))).toEqual([]);
});

it('each thing that differs is told, what is new and what is gone too', () => {
  const next = {
    ...plan,
    description: 'For shops that grow',
    sites: null,
    features: ['sso'],
    prices: [
      { currency: 'EUR', interval: 'month' as const, amount: 1_000 },
      { currency: 'USD', interval: 'month' as const, amount: 1_100 },
    ],
  };
  expect(comparePlans(plan, next)).toEqual([
    { what: 'description', before: '', after: 'For shops that grow' },
    { what: 'price', currency: 'EUR', interval: 'month', before: 900, after: 1_000 },
    { what: 'price', currency: 'EUR', interval: 'year', before: 9_000, after: null },
    { what: 'price', currency: 'USD', interval: 'month', before: null, after: 1_100 },
    { what: 'limit', limit: 'sites', before: 3, after: null },
    { what: 'feature', feature: 'dashboards', after: false },
    { what: 'feature', feature: 'sso', after: true },
  ]);
});
