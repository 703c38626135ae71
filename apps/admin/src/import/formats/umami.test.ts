import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteUmamiRow, type UmamiTables, umamiEvent, umamiTable } from './umami.ts';

const origin = (host: string | undefined) => `https://${host ?? 'shop.example'}`;

function tables(): UmamiTables {
  const made: UmamiTables = { sessions: new Map(), data: new Map() };
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
  expect(umamiEvent(PAGE, tables(), origin)).toEqual({
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
  const parsed = umamiEvent(row, tables(), origin);
  expect(parsed).toMatchObject({
    event: {
      name: 'Signup',
      url: 'https://kiln.example/p/1?utm_source=mail',
      props: { country: 'DE', plan: 'pro', seats: '3' },
    },
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
  fc.assert(fc.property(row, (one) => void umamiEvent(one, tables(), origin)));
});
