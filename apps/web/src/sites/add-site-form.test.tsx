import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { formatsIn } from '#format/formats.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { currencies, timezones } from './choices.ts';
import { guessCurrency } from './guess-currency.ts';

const addSite = vi.hoisted(() => vi.fn());
vi.mock('./actions.ts', () => ({ addSite }));

const { AddSiteForm } = await import('./add-site-form.tsx');

beforeEach(() => vi.resetAllMocks());

const show = (locale: Locale = 'en') =>
  renderScreen(
    <AddSiteForm timezones={timezones().slice(0, 5)} currencies={currencies(formatsIn(locale))} />,
    {
      locale,
    },
  );

it('offers the zone of the browser and the currency of its place', () => {
  show();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Time zone' }).value).toBe(
    own === 'UTC' ? 'Etc/UTC' : own,
  );
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Currency' }).value).toBe(
    guessCurrency(own === 'UTC' ? 'Etc/UTC' : own, navigator.languages),
  );
});

it('sends the domain as it was typed', async () => {
  addSite.mockResolvedValue({});
  const { user } = show('de');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const domain = screen.getByLabelText<HTMLInputElement>('Domain');
  expect(['autocapitalize', 'spellcheck'].map((name) => domain.getAttribute(name))).toEqual([
    'none',
    'false',
  ]);
  await user.type(domain, 'https://www.kiln.example/shop');
  await user.click(screen.getByRole('button', { name: 'Shop hinzufügen' }));
  expect(Object.fromEntries(addSite.mock.lastCall?.[1])).toMatchObject({
    domain: 'https://www.kiln.example/shop',
    currency: guessCurrency(own === 'UTC' ? 'Etc/UTC' : own, navigator.languages),
  });
});

it('keeps what was typed, and says at its field what was wrong', async () => {
  addSite.mockResolvedValue({
    error: { code: 'domain_taken', values: { domain: 'kiln.example' }, message: 'x', field: 'domain' },
    values: { domain: 'kiln.example', timezone: 'Asia/Tokyo', currency: 'JPY' },
  });
  const { user } = show();
  await user.click(screen.getByRole('button', { name: 'Add site' }));
  const domain = await screen.findByRole<HTMLInputElement>('textbox', {
    description: 'kiln.example is one of your sites already.',
  });
  expect(domain.value).toBe('kiln.example');
  // After the answer is drawn.
  await expect.poll(() => document.activeElement).toBe(domain);
});
