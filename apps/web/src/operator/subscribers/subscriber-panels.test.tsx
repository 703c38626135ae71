import { PLAN_FEATURES, PLAN_LIMITS } from '@footfall/core/billing/terms';
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { AlarmList } from './alarm-list.tsx';
import type { LoadedSubscriber } from './subscriber-console.ts';
import { SubscriberPanels } from './subscriber-panels.tsx';

const actions = vi.hoisted(() => ({
  addOverride: vi.fn(async (_: unknown, __: FormData) => ({})),
  endOverride: vi.fn(async (_: unknown, __: FormData) => ({})),
  giveTrial: vi.fn(async (_: unknown, __: FormData) => ({})),
  assignPlan: vi.fn(async (_: unknown, __: FormData) => ({})),
  creditInvoice: vi.fn(async (_: unknown, __: FormData) => ({})),
  readAgain: vi.fn(async (_: unknown, __: FormData) => ({})),
}));
vi.mock('./subscriber-actions.ts', () => actions);

const NOW = Date.parse('2026-12-01T12:00:00Z');
const invoice = {
  id: 'in_1',
  customerId: 'cus_1',
  number: 'K-0001',
  status: 'paid',
  currency: 'EUR',
  total: 990,
  paid: 990,
  credited: 0,
  createdAt: NOW,
  url: 'https://pay.example/in_1',
};

const LOADED: LoadedSubscriber = {
  subscriber: {
    id: 'tenant_a',
    name: 'Kiln',
    plan: 'self-hosted',
    createdAt: new Date(NOW),
    customerId: 'cus_1',
    trialPlan: null,
    trialEndsAt: null,
    syncedAt: new Date(NOW),
    liveCount: 1,
    subscription: {
      stripeId: 'sub_1',
      plan: 'growth-v1',
      status: 'active',
      priceId: 'price_1',
      failingSince: null,
      endsAt: null,
      isKnown: true,
    },
    overrides: [
      {
        id: 'o1',
        limits: { sites: 7 },
        features: {},
        reason: 'Ticket 4711',
        endsAt: null,
        createdAt: new Date(NOW),
      },
      {
        id: 'o2',
        limits: {},
        features: { sso: false },
        reason: 'Ticket 4712',
        endsAt: new Date(NOW - 1),
        createdAt: new Date(NOW),
      },
    ],
  },
  entitlement: {
    state: 'active',
    plan: 'growth-v1',
    title: 'Growth',
    until: null,
    limits: Object.fromEntries(PLAN_LIMITS.map((limit) => [limit, null])) as never,
    features: Object.fromEntries(PLAN_FEATURES.map((feature) => [feature, true])) as never,
    dashboards: true,
    collection: true,
    eventCeiling: null,
    overPlanLocksAt: null,
  },
  plans: [
    { name: 'growth-v1', title: 'Growth', isPaid: true },
    { name: 'self-hosted', title: 'Self-hosted', isPaid: false },
  ],
  invoices: { value: [invoice, { ...invoice, id: 'in_2', status: 'open', paid: 0 }], problem: null },
  isBilling: true,
};

const show = (
  over: Partial<LoadedSubscriber> = {},
  subscriber: Partial<LoadedSubscriber['subscriber']> = {},
) =>
  renderScreen(
    <SubscriberPanels
      loaded={{ ...LOADED, ...over, subscriber: { ...LOADED.subscriber, ...subscriber } }}
      now={NOW}
    />,
  );
const sent = (action: typeof actions.addOverride) =>
  Object.fromEntries(action.mock.lastCall?.[1] as FormData);
const panel = (name: string) => within(screen.getByRole('region', { name }));

describe('a subscriber in the console', () => {
  it('shows how it stands, its invoices, and what it was given, of which only what holds can be ended', () => {
    show();
    expect(screen.getByText('Growth (growth-v1)')).toBeTruthy();
    expect(panel('Invoices').getAllByText('€9.90')).toHaveLength(2);
    expect(panel('Beyond its plan').getByText('Sites: 7')).toBeTruthy();
    expect(panel('Beyond its plan').getAllByRole('button', { name: 'End' })).toHaveLength(1);
    // What costs something is not given by hand.
    expect(panel('Put on a plan by hand').getAllByRole('option')).toHaveLength(1);
  });

  it('is given back a part of what it has paid, by a form that knows itself again', async () => {
    const { user } = show();
    const form = panel('Invoices');
    expect(form.getAllByRole('option')).toHaveLength(1);
    await user.type(form.getByLabelText('Amount'), '4,50');
    await user.type(form.getByLabelText('Reason'), 'Ticket 4711: two weeks');
    await user.click(form.getByRole('button', { name: 'Give back' }));
    expect(sent(actions.creditInvoice)).toMatchObject({
      tenant: 'tenant_a',
      invoice: 'in_1',
      amount: '4,50',
      reason: 'Ticket 4711: two weeks',
      key: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('with a limit that is changed says which', async () => {
    const { user } = show();
    const form = panel('Change a limit');
    await user.selectOptions(form.getByLabelText('Limit'), 'Members');
    await user.type(form.getByLabelText('From now on'), '12');
    await user.type(form.getByLabelText('Reason'), 'Ticket 4711: a big team');
    await user.click(form.getByRole('button', { name: 'Change' }));
    expect(sent(actions.addOverride)).toMatchObject({ what: 'members', value: '12', until: '' });
  });

  it('that pays twice, or for a price of no plan, says so; without Stripe’s answer the rest stands', () => {
    const subscription = LOADED.subscriber.subscription && {
      ...LOADED.subscriber.subscription,
      isKnown: false,
    };
    show({ invoices: { value: null, problem: 'no answer within 1.5 s' } }, { liveCount: 2, subscription });
    expect(screen.getByText('pays twice')).toBeTruthy();
    expect(screen.getByText('price of no plan')).toBeTruthy();
    expect(screen.getByText('no answer within 1.5 s')).toBeTruthy();
  });

  it('without a subscription is given a trial of a plan, and with payments off has no invoices', () => {
    show({ isBilling: false, invoices: null }, { subscription: null, customerId: null });
    expect(panel('Give a trial').getByLabelText('Plan')).toBeTruthy();
    expect(screen.queryByRole('region', { name: 'Invoices' })).toBeNull();
    expect(screen.getByText('Payments are off here: STRIPE_SECRET_KEY is not set.')).toBeTruthy();
  });

  it('is in a list of what to look at, which is not there when there is nothing', () => {
    const { rerender } = renderScreen(
      <AlarmList alarms={[{ id: 'tenant_a', name: 'Kiln', kind: 'duplicates' }]} />,
      {
        locale: 'de',
      },
    );
    expect(screen.getByRole('link', { name: 'Kiln' }).getAttribute('href')).toBe(
      '/operator/subscriptions/tenant_a',
    );
    rerender(<AlarmList alarms={[]} />);
    expect(screen.queryByRole('region')).toBeNull();
  });
});
