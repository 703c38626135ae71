import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteUmamiRow, noUmamiTables, type UmamiTables, umamiEvent, umamiTable } from './umami.ts';

const site = {
  origin: (host: string | undefined) => `https://${host ?? 'shop.example'}`,
  currency: 'EUR',
};

function tables(): UmamiTables {
  const made = noUmamiTables();
  const rows = [
    {
      session_id: 's1',
      website_id: 'w',
      browser: 'ios',
      os: 'iOS',
      device: 'mobile',
      screen: '390x844',
      language: 'de-DE',
      country: 'DE',
      created_at: '2026-01-01 00:00:00+00',
    },
    { event_data_id: 'd1', website_event_id: 'e2', data_key: 'plan', string_value: 'pro', number_value: '' },
    {
      event_data_id: 'd2',
      website_event_id: 'e2',
      data_key: 'seats',
      string_value: '',
      number_value: '3.0000',
    },
  ];
  for (const row of rows) noteUmamiRow(row, made);
  return made;
}

const PAGE = {
  event_id: 'e1',
  website_id: 'w',
  session_id: 's1',
  created_at: '2026-10-10 11:55:36.250+00',
  url_path: '/p/1',
  url_query: 'utm_source=mail',
  referrer_domain: 'search.example',
  referrer_path: '/find',
  referrer_query: 'q=mug',
  page_title: 'Mug',
  event_type: '1',
  event_name: '\\N',
};

test('a page view has its session’s visitor, screen, language and agent', () => {
  expect(umamiEvent(PAGE, tables(), site)).toEqual({
    kind: 'event',
    identity: 'e1',
    event: {
      name: 'pageview',
      timestamp: Date.parse('2026-10-10T11:55:36.250Z'),
      url: 'https://shop.example/p/1?utm_source=mail',
      referrer: 'https://search.example/find?q=mug',
      title: 'Mug',
      lang: 'de-DE',
      screen: [390, 844],
      user: undefined,
      visitor: 's1',
      user_agent:
        'Mozilla/5.0 (iPhone; CPU iPhone OS _ like Mac OS X) AppleWebKit/. (KHTML, like Gecko) Version/. Safari/.',
      props: { country: 'DE' },
    },
  });
});

test('an event has its name and its data, and the host of its own row', () => {
  const row = { ...PAGE, event_id: 'e2', event_type: 2, event_name: 'Signup', hostname: 'kiln.example' };
  const parsed = umamiEvent(row, tables(), site);
  expect(parsed).toMatchObject({
    event: {
      name: 'Signup',
      url: 'https://kiln.example/p/1?utm_source=mail',
      props: { country: 'DE', plan: 'pro', seats: '3' },
    },
  });
});

/** The event of one row, and of rows of other tables. */
function read(row: object, ...others: Record<string, unknown>[]) {
  const made = noUmamiTables();
  for (const other of others) noteUmamiRow(other, made);
  const parsed = umamiEvent(
    { ...PAGE, event_id: 'e2', event_type: '2', event_name: 'order', ...row },
    made,
    site,
  );
  return parsed.kind === 'event' ? parsed.event : parsed;
}
const datum = (data_key: string, value: object) => ({ website_event_id: 'e2', data_key, ...value });
const number = (value: string) => ({ string_value: value, number_value: value, data_type: '2' });

test.each([
  ['3.0000', '3'],
  ['12.5000', '12.5'],
  ['0.1250', '0.125'],
  ['-4.0000', '-4'],
  ['100', '100'],
])('a number %s, which stands in both columns, is %s', (said, value) => {
  expect(read({}, datum('seats', number(said)))).toMatchObject({ props: { seats: value } });
});

test('a text that looks like a number stays as it is', () => {
  const sku = { string_value: '10.5000', number_value: '', data_type: '1' };
  expect(read({}, datum('sku', sku))).toMatchObject({ props: { sku: '10.5000' } });
});

test('money is of the event: by its data, in the site’s currency where they name none, and first of all by its own table', () => {
  const [amount, currency] = [
    datum('revenue', number('19.9900')),
    datum('currency', { string_value: 'USD' }),
  ];
  expect(read({}, amount, currency)).toMatchObject({ revenue: { amount: '19.99', currency: 'USD' } });
  expect(read({}, amount, currency)).not.toHaveProperty('props');
  expect(read({}, amount)).toMatchObject({ revenue: { amount: '19.99', currency: 'EUR' } });
  const row = { revenue_id: 'r', event_id: 'e2', session_id: 's1', revenue: '20.0000', currency: 'GBP' };
  expect(umamiTable(row)).toBe('revenue');
  expect(read({}, row, amount)).toMatchObject({ revenue: { amount: '20', currency: 'GBP' } });
  const words = read({}, datum('revenue', { string_value: 'much' }), currency);
  expect(words).toMatchObject({ props: { revenue: 'much', currency: 'USD' } });
  expect(words).not.toHaveProperty('revenue');
});

test('campaigns and click ids have columns of their own in newer tables', () => {
  const newer = { utm_source: 'mail', utm_medium: 'e mail&more', gclid: 'abc', fbclid: '\\N' };
  expect(read({ url_query: '', ...newer })).toMatchObject({
    url: 'https://shop.example/p/1?utm_source=mail&utm_medium=e%20mail%26more&gclid=abc',
  });
  expect(read({ url_query: 'utm_source=own&a=b', ...newer })).toMatchObject({
    url: 'https://shop.example/p/1?utm_source=own&a=b&utm_medium=e%20mail%26more&gclid=abc',
  });
});

test('tables are told by their columns', () => {
  expect(umamiTable(PAGE)).toBe('website_event');
  expect(umamiTable({ session_id: 's', browser: 'chrome' })).toBe('session');
  expect(umamiTable({ website_event_id: 'e', event_key: 'a' })).toBe('event_data');
  expect(umamiTable({ name: 'pageview', url: 'https://a.example/' })).toBeNull();
});

test('no row makes it throw', () => {
  const row = fc.dictionary(
    fc.constantFrom(...Object.keys(PAGE), 'screen', '__proto__'),
    fc.anything({ maxDepth: 1 }),
  );
  fc.assert(fc.property(row, (one) => void umamiEvent(one, tables(), site)));
});
