import { describe, expect, test } from 'vitest';
import { plausibleDomains, plausibleEvent } from './plausible.ts';

const SITE = { domain: 'shop.example', currency: 'EUR' };
const URL_ = 'https://shop.example/p/1';
/** What an event says, without what it leaves open. */
const mapEvent = (body: object) =>
  JSON.parse(JSON.stringify(plausibleEvent(body as Record<string, unknown>, SITE))) as object;

const long = {
  name: 'Order',
  url: 'https://shop.example/p/1?utm_source=x',
  referrer: 'https://search.example/',
  props: { plan: 'pro', steps: 3 },
  revenue: { amount: '12.34', currency: 'USD' },
  interactive: false,
};
const ours = { ...long, props: { plan: 'pro', steps: '3' } };

describe('an event', () => {
  test.each([
    ['by long names', long],
    [
      'by short names',
      { n: long.name, u: long.url, r: long.referrer, p: long.props, $: long.revenue, i: false, v: 36 },
    ],
    [
      'with props and revenue as text of JSON',
      { ...long, props: JSON.stringify(long.props), revenue: JSON.stringify(long.revenue) },
    ],
    ['with props by their old name', { ...long, props: undefined, meta: JSON.stringify(long.props) }],
    ['with props by their old short name', { ...long, props: undefined, m: long.props }],
  ])('%s', (_, body) => {
    expect(mapEvent(body)).toEqual(ours);
  });

  test.each([
    [
      'an amount as a number',
      { $: { amount: 0.1 + 0.2, currency: 'EUR' } },
      { amount: '0.3', currency: 'EUR' },
    ],
    ['an amount without a currency', { revenue: { amount: 5 } }, { amount: '5', currency: 'EUR' }],
    ['an element that is worth nothing', { $: {} }, undefined],
    ['a currency alone', { $: { currency: 'EUR' } }, undefined],
    ['text that is not JSON', { $: '12 EUR' }, undefined],
    [
      'an amount that is none',
      { $: { amount: 'free', currency: 'EUR' } },
      { amount: 'free', currency: 'EUR' },
    ],
  ])('worth money: %s', (_, said, revenue) => {
    expect(mapEvent({ n: 'Order', u: URL_, ...said })).toEqual({
      name: 'Order',
      url: URL_,
      props: {},
      ...(revenue && { revenue }),
    });
  });

  test.each([
    ['stays at home', {}, 'https://shop.example/p', undefined],
    [
      'is part of the address where pages are told apart by it',
      { h: 1 },
      'https://shop.example/p#/cart',
      true,
    ],
    ['is not when that is switched off', { h: 0 }, 'https://shop.example/p', undefined],
    ['is by the long name, too', { hashMode: true }, 'https://shop.example/p#/cart', true],
  ])('the hash %s', (_, said, url, hash) => {
    expect(mapEvent({ n: 'pageview', u: 'https://shop.example/p#/cart', ...said })).toEqual({
      name: 'pageview',
      props: {},
      url,
      hash,
    });
  });

  test.each([
    [
      { sd: 40, e: 5_000 },
      { scroll: 40, engaged_ms: 5_000 },
    ],
    [{ sd: 255, e: 0 }, { engaged_ms: 0 }],
    [{ sd: null, e: 9e12 }, { engaged_ms: 86_400_000 }],
    [{ sd: 'far', e: 'long' }, {}],
  ])('engagement of %j is %j', (said, engagement) => {
    expect(mapEvent({ n: 'engagement', u: URL_, ...said })).toEqual({
      name: 'engagement',
      url: URL_,
      props: {},
      ...engagement,
    });
  });

  test('other events have no engagement, whatever they say', () => {
    expect(mapEvent({ n: 'Order', u: URL_, sd: 40, e: 500 })).toEqual({
      name: 'Order',
      url: URL_,
      props: {},
    });
  });
});

test.each([
  [{ d: 'shop.example' }, ['shop.example']],
  [{ domain: 'shop.example, blog.example,shop.example,' }, ['shop.example', 'blog.example']],
  [{}, []],
  [{ d: ' , ' }, []],
  [{ d: ['shop.example'] }, []],
])('the sites of %j are %j', (body, domains) => {
  expect(plausibleDomains(body)).toEqual(domains);
});
