import { buildLedger } from '@footfall/core/ledger';
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { LedgerTable } from './ledger-table.tsx';

const ledger = buildLedger(
  new Map([
    ['stored', 12_314],
    ['duplicate', 2],
    ['rejected:too_old', 3],
    ['rejected:invalid_url', 4],
  ]),
  1,
);

it.each(['en', 'de'] as const)('reads out exact numbers under named columns, in %s', (locale) => {
  renderScreen(<LedgerTable days={[{ day: '2026-11-03', ...ledger }]} total={ledger} />, { locale });
  const heads = screen
    .getAllByRole('columnheader')
    .map(({ textContent }) => textContent?.replaceAll('\u00ad', ''));
  expect(heads).toEqual(
    locale === 'en'
      ? ['Day', 'Received', 'Stored', 'Repeats', 'Rejected', 'Pending']
      : ['Tag', 'Eingegangen', 'Gespeichert', 'Doppelt', 'Abgelehnt', 'Ausstehend'],
  );
  const [, first] = screen.getAllByRole('row');
  const cells = within(first as HTMLElement)
    .getAllByRole('cell')
    .map((cell) => cell.querySelector('span:not([aria-hidden])')?.textContent);
  const thousands = locale === 'en' ? ',' : '.';
  expect(cells).toEqual([`12${thousands}324`, `12${thousands}314`, '2', '7', '1']);
});
