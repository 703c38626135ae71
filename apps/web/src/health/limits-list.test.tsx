import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Health } from '#reports/health.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { LimitsList } from './limits-list.tsx';

const CALM: Health = {
  now: 0,
  keptFrom: '2016-12-01',
  dataThrough: 0,
  changed: { days: 0, since: null },
  ledger: [],
  total: { received: 0, stored: 0, duplicate: 0, rejected: {}, pending: 0, bots: 0 },
  rejected: [],
  cut: [],
  busyVisitors: [],
  sealing: [],
  leftOut: { pages: [], goals: [] },
};

it('says that nothing is left out where nothing is', () => {
  renderScreen(<LimitsList health={CALM} domain={null} />);
  expect(screen.getByText(/^Nothing: every value/)).toBeTruthy();
  expect(screen.queryByRole('list')).toBeNull();
});

it('names what is beyond a bound: dimension, day and number, visitors, sealing, patterns, and the domain', () => {
  const health: Health = {
    ...CALM,
    cut: [
      { dimension: 'event:page', days: 3, lastDay: '2026-11-03', values: 1_234 },
      { dimension: 'visit:source', days: 1, lastDay: '2026-11-02', values: 5 },
    ],
    busyVisitors: [{ day: '2026-11-03', count: 2 }],
    sealing: Array.from({ length: 7 }, (_, n) => ({ day: `2026-11-1${n}`, seconds: 700 })),
    leftOut: { pages: ['/*a*'], goals: ['Thanks'] },
  };
  renderScreen(<LimitsList health={health} domain="Somebody else has proven it." />);
  const texts = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(texts).toContain('Page: 1,234 values on Tue, 3 Nov 2026, and on 3 days in all');
  expect(texts).toContain('Source: 5 values on Mon, 2 Nov 2026');
  expect(screen.getByText('2 visitors with too many events in a day')).toBeTruthy();
  expect(screen.getByText(/Sat, 14 Nov 2026 · and 2 more days$/)).toBeTruthy();
  expect(texts).toContain('/*a*');
  expect(texts).toContain('Goal: Thanks');
  expect(screen.getByText('Somebody else has proven it.')).toBeTruthy();
});
