import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { Foot } from './foot.tsx';
import { PulseArea, PulseHearing } from './pulse-context.tsx';
import { VisitorsNow } from './visitors-now.tsx';

const NOW = Date.parse('2026-11-23T09:03:12Z');

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const pulse = (change: object = {}) => ({
  visitorsNow: 1,
  dataThrough: NOW - 4_000,
  pending: 1_234,
  version: '1',
  started: true,
  ...change,
});

function show(change: object = {}, locale: Locale = 'en') {
  return renderScreen(
    <PulseHearing>
      <VisitorsNow siteId="site_a" start={pulse(change)} />
      <PulseArea siteId="site_a" start={pulse(change)}>
        <Foot siteId="site_a" timezone="America/New_York" now={NOW} logicVersion="7" />
      </PulseArea>
    </PulseHearing>,
    { locale },
  );
}

const foot = () => screen.getByRole('contentinfo').textContent;

it('says how fresh the numbers are by the clock of the site, not of the reader', () => {
  show();
  expect(foot()).toBe(
    'Data through 04:03:08· 4 s ago· 1,234 pending· logic 7· America/New York· Data health',
  );
  expect(screen.getByText('04:03:08').getAttribute('datetime')).toBe('2026-11-23T09:03:08.000Z');
});

it('says it in German', () => {
  show({}, 'de');
  expect(foot()).toBe(
    'Daten bis 04:03:08· vor 4 s· 1.234 ausstehend· Logik 7· America/New York· Zustand der Daten',
  );
});

it.each([
  [0, '0 s ago'],
  // A clock that is ahead of the server's makes nothing newer than now.
  [-5_000, '0 s ago'],
  [119_000, '119 s ago'],
  [120_000, '2 min ago'],
  [7_200_000, '2 h ago'],
])('an age of %d ms is %s', (age, text) => {
  show({ dataThrough: NOW - age });
  expect(foot()).toContain(`· ${text}·`);
});

it('grows older by itself', () => {
  vi.stubGlobal('fetch', () => Promise.reject(new Error('offline')));
  show();
  act(() => vi.advanceTimersByTime(3_000));
  expect(foot()).toContain('· 7 s ago·');
});

it('hears the pulse, and asks for new numbers only when they have changed', async () => {
  const answers = [pulse({ visitorsNow: 2, pending: 0 }), pulse({ visitorsNow: 2, version: '2' })];
  const asked = vi.fn(async () => Response.json(answers.shift()));
  vi.stubGlobal('fetch', asked);
  const { router } = show();
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(asked).toHaveBeenCalledWith('/sites/site_a/pulse', { cache: 'no-store' });
  expect(screen.getByText('2')).toBeTruthy();
  expect(foot()).toContain('· 0 pending·');
  expect(router.refresh).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(router.refresh).toHaveBeenCalledTimes(1);
});

it('keeps what it heard last while the server does not answer', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 503 }));
  show();
  await act(() => vi.advanceTimersByTimeAsync(4_000));
  expect(foot()).toContain('1,234 pending');
});

it.each([
  [0, 'en', '0 visitors now'],
  [1, 'en', '1 visitor now'],
  [1_234, 'en', '1,234 visitors now'],
  [1, 'de', '1 Besucher jetzt'],
  [1_234, 'de', '1.234 Besucher jetzt'],
] as const)('%d visitors are, in %s, %s', (visitorsNow, locale, text) => {
  const { container } = show({ visitorsNow }, locale);
  expect(container.querySelector('[data-visitors-now]')?.textContent).toBe(text);
  expect(container.querySelector('.live-dot') === null).toBe(visitorsNow === 0);
});
