import { NONE } from '@footfall/core/dimension';
import type { Lookups } from '@footfall/core/lookups';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadLookups } from './lookups.ts';

let lookups: Lookups;
beforeAll(async () => {
  lookups = await loadLookups();
});

describe('addresses', () => {
  test.each([
    ['8.8.8.0', 'US'],
    ['91.0.0.0', 'DE'],
    ['2001:4860::', 'US'],
    ['127.0.0.0', NONE],
    ['10.0.0.0', NONE],
  ])('%s lies in %s', (ip, country) => {
    expect(lookups.place(ip).country).toBe(country);
  });
});
