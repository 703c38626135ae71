import { presentFound } from '@footfall/core/found-events';
import type { EventRemoval } from '@footfall/db/tenant/removal';
import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { OpenRemoval, RemovalHistory } from './removal-open.tsx';

vi.mock('./removal-actions.ts', () => ({
  requestRemoval: vi.fn(),
  confirmRemoval: vi.fn(),
  cancelRemoval: vi.fn(),
}));

const SITE = { id: 'site_a', domain: 'kiln.example', timezone: 'Europe/Berlin' };
const nameSender = (sender: string) => (sender === 'site_key' ? 'Public site key (browsers)' : sender);
const found = presentFound({
  ...{ events: 1_500, bots: 3, visitors: 40, dayCount: 12, senders: { site_key: 1_500 } },
  days: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`2026-05-${n + 10}`, 100 + n])),
  ...{ revenue: { EUR: '4999950000' }, pages: { '/nonsense': 9 } },
});

const removal = (change: Partial<EventRemoval>): EventRemoval => ({
  ...{
    id: 'removal_a',
    siteId: 'site_a',
    sender: 'site_key',
    visitorHash: null,
    state: 'counted',
    progress: 1,
    isReset: false,
    found,
    removed: 0,
  },
  receivedFrom: new Date('2026-05-04T10:00:00Z'),
  receivedTo: new Date('2026-05-04T12:00:00Z'),
  requestedAt: new Date('2026-05-05T10:00:00Z'),
  ...{ confirmedBy: null, byOperator: false, confirmedAt: null, finishedAt: null },
  ...change,
});

const show = (change: Partial<EventRemoval>) =>
  renderScreen(<OpenRemoval removal={removal(change)} site={SITE} nameSender={nameSender} />);

it('shows what would go, by the clock of the shop, and asks for the domain', () => {
  show({});
  expect(screen.getByRole('region', { name: 'This would go' })).toBeTruthy();
  expect(
    screen.getByText(/^Received 4 May 2026, 12:00 to 4 May 2026, 14:00. Sender: Public site key/),
  ).toBeTruthy();
  expect(screen.getByText('€4,999.95')).toBeTruthy();
  expect(screen.getByText('and 5 more days')).toBeTruthy();
  expect(screen.getByLabelText('To remove them, type kiln.example')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Remove 1,500 events' })).toBeTruthy();
});

it('says when there is nothing, and has no button then that removes', () => {
  show({ found: null });
  expect(screen.getByText('No event was received in this time from this sender.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Remove/ })).toBeNull();
});

it.each([
  { change: { state: 'counting', progress: null, found: null }, value: null, why: 'that waits' },
  { change: { state: 'counting', progress: 0.429 }, value: '42', why: 'under way' },
] as const)('a look $why can be stopped', ({ change, value }) => {
  show(change);
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe(value);
  expect(screen.getByRole('button', { name: 'Stop' })).toBeTruthy();
});

it('what is being removed cannot be stopped, and says how far it is', () => {
  show({ state: 'removing', progress: 0.5, removed: 700 });
  expect(screen.getByText('700 of 1,500 events are gone')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

it.each([
  [{ byOperator: true }, 'The operator'],
  [{ confirmedBy: 'a@kiln.example' }, 'a@kiln.example'],
  [{}, 'A former member'],
])('the history says who, when and what: %j', (change, who) => {
  const done = removal({
    state: 'removed',
    removed: 1_500,
    finishedAt: new Date('2026-05-05T11:00:00Z'),
    ...change,
  });
  renderScreen(<RemovalHistory removals={[done]} site={SITE} nameSender={nameSender} />);
  expect(screen.getByText('1,500 events removed')).toBeTruthy();
  expect(screen.getByText(`${who}, 5 May 2026, 13:00`)).toBeTruthy();
});
