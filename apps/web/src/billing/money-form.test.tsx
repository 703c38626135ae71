import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { FormState } from '#access/form-state.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { InvoiceList } from './invoice-list.tsx';
import { MoneyForm } from './money-form.tsx';
import { PlannedLines } from './planned-change.tsx';

describe('a form about money', () => {
  const press = async (answer: FormState) => {
    const action = vi.fn(async (_: FormState, __: FormData) => answer);
    renderScreen(<MoneyForm action={action} fields={{ price: 'p_1' }} label="Pay" />);
    await userEvent.click(screen.getByRole('button', { name: 'Pay' }));
    return action;
  };

  it('sends its fields', async () => {
    const action = await press({});
    await waitFor(() => expect(action).toHaveBeenCalledOnce());
    expect(Object.fromEntries(action.mock.calls[0]?.[1] ?? [])).toEqual({ price: 'p_1' });
  });

  it.each([
    ['already_subscribed', /has a plan already/],
    ['unknown_price', /not for sale any more/],
    ['payment_away', /Nothing was changed and nothing was charged/],
    ['payment_refused', /Stripe has refused this/],
    ['payment_declined', /has declined the payment/],
    ['amount_changed', /another one by now/],
  ])('says what came of it: %s', async (code, words) => {
    await press({ error: { code, values: {}, message: 'x' } });
    expect((await screen.findByRole('alert')).textContent).toMatch(words);
  });

  it('asks who somebody is where that is wanted, and says no more', async () => {
    await press({ error: { code: 'proof_needed', values: {}, message: 'x' } });
    expect(await screen.findByRole('button', { name: 'Pay' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('invoices', () => {
  it('are listed with their amounts and pages', () => {
    const invoice = {
      id: 'in_1',
      number: 'A-1',
      createdAt: Date.parse('2026-11-03T00:00:00Z'),
      total: 1071,
      currency: 'EUR',
      state: 'paid',
      url: 'https://stripe.example/i',
      pdfUrl: null,
    } as const;
    renderScreen(<InvoiceList invoices={[invoice]} />);
    const row = screen.getByRole('listitem').textContent;
    for (const word of ['3 Nov 2026', 'A-1', '€10.71', 'Paid']) expect(row).toContain(word);
    expect(screen.getAllByRole('link')).toHaveLength(1);
  });

  it('that Stripe does not tell are said to be away, not gone', () => {
    renderScreen(<InvoiceList invoices="away" />);
    expect(screen.getByRole('status').textContent).toContain('Nothing is lost');
  });
});

describe('a change that is planned', () => {
  const offer = {
    priceId: 'p',
    plan: 'big',
    title: 'Big',
    currency: 'EUR',
    interval: 'month',
    amount: 1900,
    events: null,
    sites: null,
    members: null,
    retentionMonths: null,
    features: [],
  } as const;
  const planned = { currency: 'EUR', at: 0, periodEnd: Date.parse('2027-01-01T00:00:00Z') };

  it.each([
    ['what is charged now', { time: 'now', due: 750 }, ['€7.50', 'charged now', '€19 a month']],
    ['what is kept, and never a payment below nothing', { time: 'now', due: -500 }, ['€0.00', '€5.00']],
    [
      'when it begins, and that nothing is charged',
      { time: 'at_end', due: 0 },
      ['1 Jan 2027', 'Nothing is charged now'],
    ],
  ] as const)('says %s', (_, change, words) => {
    const { container } = renderScreen(
      <PlannedLines offer={{ ...offer, features: [] }} planned={{ ...planned, ...change }} />,
    );
    for (const word of words) expect(container.textContent).toContain(word);
  });
});
