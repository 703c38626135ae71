import type { PlanDetails } from '@footfall/db/staff/plans';
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { planFormValues } from './form-values.ts';
import { readDraft } from './plan-fields.ts';
import { PlanPanels } from './plan-panels.tsx';

vi.mock('./plan-actions.ts', () => ({ createPlan: vi.fn(), saveDraft: vi.fn(), changePlan: vi.fn() }));
vi.mock('./plan-console.ts', () => ({ DRAFT_BOUNDS: { title: 60, description: 200 } }));

const plan: PlanDetails = {
  name: 'growth-v2',
  family: 'growth',
  version: 2,
  title: 'Growth',
  description: 'For shops that grow',
  state: 'draft',
  isPublic: true,
  events: 100_000,
  eventsPerSecond: null,
  sites: 3,
  members: null,
  retentionMonths: 24,
  queriesPerHour: null,
  features: ['dashboards', 'sso'],
  prices: [
    { currency: 'EUR', interval: 'month', amount: 990 },
    { currency: 'JPY', interval: 'year', amount: 15_000 },
  ],
  tenants: 0,
  productId: null,
  pricesMade: 0,
  publishedAt: null,
  archivedAt: null,
  before: 'growth-v1',
  draft: 'growth-v2',
  isTrial: false,
};
const before: PlanDetails = {
  ...plan,
  name: 'growth-v1',
  version: 1,
  state: 'published',
  sites: 2,
  before: null,
};

const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent);

describe('a plan in the console', () => {
  it('as a draft is a form with what it is, beside what buyers see and what changes', () => {
    renderScreen(<PlanPanels plan={plan} before={before} isBilling />);
    expect(screen.getByLabelText('Title')).toHaveProperty('value', 'Growth');
    expect(screen.getAllByLabelText('A month').map((field) => (field as HTMLInputElement).value)).toEqual([
      '9.90',
      '',
      '',
      '',
      '',
    ]);
    expect(screen.getByText('€9.90 a month')).toBeTruthy();
    expect(screen.getByText('For shops that grow')).toBeTruthy();
    const changes = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(changes.map((row) => row.textContent)).toEqual(['Sites23']);
    expect(buttons()).toEqual(['Publish', 'Delete draft', 'Save draft']);
  });

  it.each([
    [{ state: 'publishing', pricesMade: 1 }, true, ['Go on', 'Back to draft'], '1 of 2 prices are at Stripe'],
    [
      { state: 'published', draft: null },
      true,
      ['Make at Stripe', 'New version', 'Offer as a trial', 'Take off sale'],
      'not whole',
    ],
    [
      { state: 'published', draft: null, productId: 'prod_1', pricesMade: 2 },
      true,
      ['New version', 'Offer as a trial', 'Take off sale'],
      'It is sold',
    ],
    [
      { state: 'published', draft: null },
      false,
      ['New version', 'Offer as a trial', 'Take off sale'],
      'cannot be tried',
    ],
    [
      { state: 'published', draft: 'growth-v3', isTrial: true },
      false,
      ['Offer no more trials', 'Take off sale'],
      'growth-v3 is the next version',
    ],
    [{ state: 'archived', draft: null }, true, ['New version'], 'Nobody can buy it any more'],
    [{ state: 'manual', draft: null, family: null }, true, [], 'admin set-plan'],
  ] as const)('that is %j, with payments %j, offers %j', (over, isBilling, offered, said) => {
    renderScreen(<PlanPanels plan={{ ...plan, ...over }} before={null} isBilling={isBilling} />);
    expect(buttons()).toEqual(offered);
    expect(screen.getByText(said, { exact: false })).toBeTruthy();
  });

  it('is read from its form as it was written into it', () => {
    const { texts, features, isPublic } = planFormValues(plan);
    expect(readDraft(texts, { features, isPublic })).toMatchObject({
      title: plan.title,
      limits: { events_per_month: 100_000, sites: 3, members: null, retention_months: 24 },
      features: plan.features,
      prices: plan.prices,
    });
  });

  it('is whole in German', () => {
    renderScreen(<PlanPanels plan={plan} before={before} isBilling={false} />, { locale: 'de' });
    expect(buttons()).toEqual(['Veröffentlichen', 'Entwurf löschen', 'Entwurf speichern']);
  });
});
