import { revenueFigures } from '@footfall/core/billing/revenue';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { RevenuePanels } from './revenue-panels.tsx';

const currencies = [
  {
    currency: 'EUR',
    months: [
      { month: '2026-12', mrr: 1_950, payers: 2, payersBefore: 4, lost: 1 },
      { month: '2026-11', mrr: 3_900, payers: 4, payersBefore: 0, lost: 0 },
    ].map(revenueFigures),
  },
  {
    currency: 'JPY',
    months: [revenueFigures({ month: '2026-12', mrr: 1_500, payers: 1, payersBefore: 0, lost: 0 })],
  },
];

const rows = (name: string) =>
  within(within(screen.getByRole('region', { name })).getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent));

it('each currency stands for itself, the latest month first, and what cannot be known is a dash', () => {
  renderScreen(<RevenuePanels currencies={currencies} trials={[{ month: '2026-11', kept: 1, lost: 3 }]} />);
  expect(rows('Revenue in EUR')).toEqual([
    ['Dec 2026', '€19.50', '2', '€9.75', '25.0%'],
    ['Nov 2026', '€39', '4', '€9.75', '–'],
  ]);
  expect(rows('Revenue in JPY')).toEqual([['Dec 2026', '¥1,500', '1', '¥1,500', '–']]);
  expect(rows('Trials')).toEqual([['Nov 2026', '4', '1', '25.0%']]);
});

it('before anything was kept that is said, in German too', () => {
  renderScreen(<RevenuePanels currencies={[]} trials={[]} />, { locale: 'de' });
  expect(screen.getByText('Noch keine Zahlen')).toBeTruthy();
});
