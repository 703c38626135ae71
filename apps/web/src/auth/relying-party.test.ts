import { expect, test } from 'vitest';
import { relyingParty } from './relying-party.ts';

test.each([
  ['https://stats.kiln.example', { id: 'stats.kiln.example', origin: 'https://stats.kiln.example' }],
  [
    'https://stats.kiln.example:8443',
    { id: 'stats.kiln.example', origin: 'https://stats.kiln.example:8443' },
  ],
  ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ['http://portal.localhost:3000', { id: 'portal.localhost', origin: 'http://portal.localhost:3000' }],
  ['http://127.0.0.1:3000', null],
  ['https://192.0.2.7', null],
  ['https://[2001:db8::7]', null],
  ['http://[::1]:3000', null],
  ['http://stats.kiln.example', null],
  ['http://notlocalhost', null],
])('passkeys of a portal at %s', (webUrl, party) => {
  expect(relyingParty(webUrl)).toEqual(party);
});
