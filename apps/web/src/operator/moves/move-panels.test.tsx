import type { PlanDetails } from '@footfall/db/staff/plans';
import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { LoadedMoves } from './move-console.ts';
import { MovePanels } from './move-panels.tsx';

const actions = vi.hoisted(() => ({
  startMove: vi.fn(async (_: unknown, __: FormData) => ({})),
  changeMove: vi.fn(async (_: unknown, __: FormData) => ({})),
}));
vi.mock('./move-actions.ts', () => actions);

const move = {
  id: 'move_1',
  to: 'growth-v2',
  manner: 'now' as const,
  state: 'running' as const,
  reason: 'New price',
  createdAt: new Date('2026-12-01'),
  endedAt: null,
  waiting: 3,
  moved: 5,
  skipped: 1,
  failed: 1,
};
const LOADED: LoadedMoves = {
  plan: { name: 'growth-v1', title: 'Growth' } as PlanDetails,
  targets: [{ name: 'growth-v2', title: 'Growth' }],
  moves: [move, { ...move, id: 'move_2', state: 'cancelled' }],
  left: [
    { tenantId: 'tenant_a', name: 'Kiln', state: 'skipped', note: 'ending' },
    { tenantId: 'tenant_b', name: 'Loom', state: 'failed', note: 'Stripe: no' },
  ],
  preview: {
    to: 'growth-v2',
    manner: 'now',
    trialEndsAt: null,
    groups: [
      { currency: 'EUR', interval: 'month', subscribers: 6, isPriced: true },
      { currency: 'EUR', interval: 'year', subscribers: 1, isPriced: false },
    ],
    sample: {
      value: [
        {
          tenantId: 'tenant_a',
          name: 'Kiln',
          outcome: { kind: 'invoice', total: 1_200, currency: 'EUR', before: 900 },
        },
        { tenantId: 'tenant_b', name: 'Loom', outcome: { kind: 'left', why: 'no_price' } },
      ],
      problem: null,
    },
  },
  isBilling: true,
};
const asked = { to: 'growth-v2', manner: 'now', until: '' };
const show = (over: Partial<LoadedMoves> = {}, locale: 'en' | 'de' = 'en') =>
  renderScreen(<MovePanels loaded={{ ...LOADED, ...over }} path="/x" asked={asked} />, { locale });
const panel = (name: string) => within(screen.getByRole('region', { name }));

it('a preview says of whom it is and what the next invoices would be, and begins with a reason', async () => {
  const { user } = show();
  const preview = panel('To growth-v2');
  expect(preview.getByText('6 subscribers by month in EUR')).toBeTruthy();
  expect(preview.getByText('no such price there: not moved')).toBeTruthy();
  const rows = within(preview.getByRole('table')).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual([
    'Kiln€9€12',
    'Loom–no such price in the other version',
  ]);
  await user.type(preview.getByLabelText('Reason'), 'The price of 2027');
  await user.click(preview.getByRole('button', { name: 'Move them' }));
  expect(Object.fromEntries(actions.startMove.mock.lastCall?.[1] as FormData)).toEqual({
    from: 'growth-v1',
    to: 'growth-v2',
    manner: 'now',
    until: '',
    reason: 'The price of 2027',
  });
});

it('a move says how far it is, and is paused, called off and tried again; one that was called off is over', async () => {
  const { user } = show();
  const moves = panel('Moves');
  expect(moves.getAllByText(/5 of 10 moved, 1 left as they are, 1 failed/)).toHaveLength(2);
  expect(moves.getAllByRole('button').map((button) => button.textContent)).toEqual([
    'Pause',
    'Call off',
    'Try failed ones again',
  ]);
  await user.click(moves.getByRole('button', { name: 'Pause' }));
  expect(Object.fromEntries(actions.changeMove.mock.lastCall?.[1] as FormData)).toEqual({
    move: 'move_1',
    step: 'pause',
  });
});

it('whoever was not moved is listed with why', () => {
  show();
  const rows = within(panel('Not moved').getByRole('table')).getAllByRole('row').slice(1);
  expect(rows.map((row) => row.textContent)).toEqual(['Kilnhas cancelled', 'LoomStripe: no']);
});

it('with payments off it says so, in German too', () => {
  show({ isBilling: false }, 'de');
  expect(screen.getByText(/STRIPE_SECRET_KEY/)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});
