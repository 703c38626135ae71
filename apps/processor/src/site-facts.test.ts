import { expect, test } from 'vitest';
import { siteFacts } from './site-facts.ts';

test('the domains of a site are its own, the further ones and those of the origins that it allows', () => {
  expect(
    siteFacts({
      timezone: 'Europe/Berlin',
      domain: 'shop.example',
      furtherDomains: ['shop.de'],
      allowedOrigins: ['https://*.shop.test', 'http://checkout.example:8443'],
    }),
  ).toEqual({ zone: 'Europe/Berlin', domains: ['shop.example', 'shop.de', 'shop.test', 'checkout.example'] });
});

test('a site that is gone counts in UTC and has no domains', () => {
  expect(siteFacts(null)).toEqual({ zone: 'UTC', domains: [] });
});
