import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { QuotaNotice } from './quota-notice.tsx';

const month = (events: number) => ({
  firstDay: '2026-11-01',
  nextFirstDay: '2026-12-01',
  events,
  limit: 10_000,
});

it.each([
  ['without a limit', null],
  ['far from it', month(0)],
  ['just before eighty percent', month(7_999)],
])('says nothing %s', (_, given) => {
  renderScreen(<QuotaNotice month={given} />);
  expect(screen.queryByRole('status')).toBeNull();
});

it.each([
  [
    'en',
    8_000,
    '80% of your plan’s 10,000 events of November 2026 are used. Beyond them events are turned away until 1 December (UTC).',
  ],
  ['en', 9_999, /^99% of/],
  ['en', 10_000, /^Your plan’s 10,000 events of November 2026 are used up: until 1 December \(UTC\)/],
  [
    'de',
    8_000,
    /^80\s% der 10\.000 Ereignisse, die Ihr Tarif im November 2026 umfasst, .* bis zum 1\. Dezember \(UTC\)/,
  ],
  ['de', 12_000, /^Die 10\.000 Ereignisse, .* sind verbraucht/],
] as const)('in %s at %d events warns in words', (locale, events, text) => {
  renderScreen(<QuotaNotice month={month(events)} />, { locale });
  const said = screen.getByRole('status').textContent ?? '';
  if (typeof text === 'string') expect(said).toBe(text);
  else expect(said).toMatch(text);
});
