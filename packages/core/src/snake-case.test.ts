import { expect, test } from 'vitest';
import { snakeCase } from './snake-case.ts';

test.each([
  ['visitors', 'visitors'],
  ['utmSource', 'utm_source'],
  // Each capital, not the first alone.
  ['eventsPerMonth', 'events_per_month'],
])('%s is %s in SQL and in public JSON', (name, written) => {
  expect(snakeCase(name)).toBe(written);
});
