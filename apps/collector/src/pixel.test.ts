import { expect, test } from 'vitest';
import { pixelEvent } from './pixel.ts';

const PAGE = 'https://shop.example/no-script';

test.each([
  ['the page that shows it', '', { url: PAGE }],
  ['the page that it names', 'url=https://shop.example/other', { url: 'https://shop.example/other' }],
  ['an empty name as none', 'url=', { url: PAGE }],
  [
    'all by long names',
    'id=1&url=https://a.example/&referrer=https://b.example/&title=A%20B',
    { id: '1', url: 'https://a.example/', referrer: 'https://b.example/', title: 'A B' },
  ],
  [
    'all by short names',
    'u=https://a.example/&r=https://b.example/&t=A+B',
    { url: 'https://a.example/', referrer: 'https://b.example/', title: 'A B' },
  ],
  ['nothing that it must not say', 'name=purchase&site=x&__proto__=y', { url: PAGE }],
])('an image stands for a page view of %s', (_, query, event) => {
  expect(pixelEvent(new URLSearchParams(query), PAGE)).toEqual({ ...event, name: 'pageview' });
});
