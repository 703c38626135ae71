import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const setRetention = vi.hoisted(() => vi.fn());
vi.mock('./life-actions.ts', () => ({ setRetention }));

const { SiteRetention } = await import('./site-retention.tsx');

beforeEach(() => vi.resetAllMocks());

const choices = [
  { months: 1, firstDay: '1 Nov 2026' },
  { months: 12, firstDay: '1 Dec 2025' },
  { months: null, firstDay: '1 Dec 2016' },
];
const show = (months: number | null, planMonths: number | null = null) =>
  renderScreen(<SiteRetention siteId="site_a" months={months} choices={choices} planMonths={planMonths} />);
const select = () => screen.getByRole<HTMLSelectElement>('combobox', { name: 'Keep events for' });

it('says of each choice on which day history begins, and which holds', () => {
  show(12, 24);
  expect([...select().options].map(({ text }) => text)).toEqual([
    'one month: history begins on 1 Nov 2026',
    '12 months: history begins on 1 Dec 2025',
    'as long as this installation keeps them: history begins on 1 Dec 2016',
  ]);
  expect(select().value).toBe('12');
  expect(screen.getByText('Your plan keeps events for 24 months at most.')).toBeTruthy();
});

it('sends what was chosen, and says from when on history will be kept', async () => {
  setRetention.mockResolvedValue({ saved: true });
  const { user } = show(null);
  expect(select().value).toBe('');
  await user.selectOptions(select(), '1');
  await user.click(screen.getByRole('button', { name: 'Save how long' }));
  expect(Object.fromEntries(setRetention.mock.lastCall?.[1])).toEqual({
    site: 'site_a',
    retentionMonths: '1',
  });
  // What holds now is what the page was made with: the server makes it anew.
  expect((await screen.findByRole('status')).textContent).toBe('Saved. History will begin on 1 Dec 2016.');
});

it('asks who it is where that was proven too long ago', async () => {
  setRetention.mockResolvedValue({ error: { code: 'proof_needed', message: 'x', values: {} } });
  const { user } = show(12);
  await user.click(screen.getByRole('button', { name: 'Save how long' }));
  expect(await screen.findByText(/It is some time since you signed in/)).toBeTruthy();
});
