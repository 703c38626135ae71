import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { BreakdownName, PanelName } from '#reports/breakdown.ts';
import type { Rows } from '#reports/report.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { BreakdownPanel } from './breakdown-panel.tsx';
import { RefineArea } from './refine.tsx';

type Shown = {
  panel?: PanelName;
  breakdown?: BreakdownName;
  rows?: Rows['rows'];
  total?: number;
  query?: string;
  locale?: Locale;
};

function show({
  panel = 'sources',
  breakdown = 'channel',
  rows = [],
  total = rows.length,
  query = '',
  locale = 'en',
}: Shown) {
  return renderScreen(
    <RefineArea>
      <BreakdownPanel
        panel={panel}
        rows={{ breakdown, rows, total }}
        parameters={new URLSearchParams(query)}
      />
    </RefineArea>,
    { query, locale },
  );
}

const row = (label: string, visitors = 1, share: number | null = 50) => ({ label, visitors, share });
const texts = () => screen.getAllByRole('listitem').map((item) => item.textContent);

it('shows each row with its count and share, short and in full', () => {
  show({ rows: [row('Direct', 12_314, 62.5), row('AI', 1, null)] });
  expect(screen.getByRole('region', { name: 'Sources' })).toBeTruthy();
  expect(texts()).toEqual(['Direct12.3k62.5%', 'AI1–']);
  expect(screen.getByTitle('12,314').textContent).toBe('12.3k');
});

it('draws the bar of each row by its part of the largest', () => {
  const { container } = show({ rows: [row('Direct', 8), row('AI', 2)] });
  expect([...container.querySelectorAll('rect')].map((bar) => bar.getAttribute('width'))).toEqual([
    '100%',
    '25%',
  ]);
});

it('says that there is nothing, and how many rows are not shown', () => {
  show({});
  expect(screen.getByText('Nothing in this period.')).toBeTruthy();
  show({ rows: [row('Direct')], total: 1_235 });
  expect(screen.getByText('and 1,234 more')).toBeTruthy();
});

it('a click on a row filters by the value of the data, and takes the filter back', async () => {
  const german = show({ rows: [row('Paid Search')], locale: 'de', query: '?period=7d' });
  const link = screen.getByRole('link', { name: /Suchanzeigen/ });
  expect(link.getAttribute('title')).toBe('Nur Suchanzeigen zeigen');
  await german.user.click(link);
  expect(german.router.push).toHaveBeenCalledWith('/sites/site_a?period=7d&channel=Paid+Search', {
    scroll: false,
  });
  german.unmount();
  const filtered = show({ rows: [row('Paid Search')], query: '?channel=Paid+Search' });
  const chosen = screen.getByRole('link', { name: /Paid search/, current: true });
  expect(chosen.getAttribute('title')).toBe('Show all again');
  await filtered.user.click(chosen);
  expect(filtered.router.push).toHaveBeenCalledWith('/sites/site_a', { scroll: false });
});

it('turns to another list by its tabs, of which the first is not in the address', () => {
  show({ query: '?sources=channels' });
  const tabs = within(screen.getByRole('navigation', { name: 'Sources' })).getAllByRole('link');
  expect(
    tabs.map((tab) => [tab.textContent, tab.getAttribute('href'), tab.getAttribute('aria-current')]),
  ).toEqual([
    ['Source', '/sites/site_a', null],
    ['Channel', '/sites/site_a?sources=channels', 'true'],
    ['Campaign', '/sites/site_a?sources=campaigns', null],
  ]);
});

it('a list without others has no tabs', () => {
  show({ panel: 'countries', breakdown: 'country' });
  expect(screen.queryByRole('navigation')).toBeNull();
});

it.each([
  ['en', 'country', 'DE', 'Germany'],
  ['de', 'country', 'DE', 'Deutschland'],
  ['en', 'country', '(none)', 'Unknown'],
  ['de', 'country', '(none)', 'Unbekannt'],
  ['de', 'device', 'Mobile', 'Smartphone'],
  ['de', 'source', 'Direct / None', 'Direkt'],
  ['de', 'source', 'Google', 'Google'],
  ['de', 'campaign', '(none)', 'Ohne Angabe'],
  // Of imported history, which has channels of its own; a full stop is not a path into the words.
  ['de', 'channel', 'Telegram', 'Telegram'],
  ['de', 'channel', 'a.b', 'a.b'],
  ['de', 'channel', 'constructor', 'constructor'],
] as const)('in %s the %s %s is called %s', (locale, breakdown, label, text) => {
  show({ rows: [row(label)], breakdown, locale });
  expect(screen.getByText(text)).toBeTruthy();
  expect(screen.getByRole('listitem').dataset.label).toBe(label);
});
