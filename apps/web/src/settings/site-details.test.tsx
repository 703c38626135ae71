import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { formatsIn } from '#format/formats.ts';
import { currencies } from '#sites/choices.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';

const updateSite = vi.hoisted(() => vi.fn());
vi.mock('./site-actions.ts', () => ({ updateSite }));

const { SiteDetails } = await import('./site-details.tsx');

beforeEach(() => vi.resetAllMocks());

const show = (locale: Locale = 'en', pendingTimezone: string | null = null) =>
  renderScreen(
    <SiteDetails
      site={{ id: 'site_a', timezone: 'Europe/Berlin', currency: 'CHF', weekStart: 'sunday' }}
      pendingTimezone={pendingTimezone}
      timezones={['Etc/UTC', 'Europe/Berlin', 'America/New_York']}
      currencies={currencies(formatsIn(locale))}
    />,
    { locale },
  );

const select = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });

it('shows what holds now', () => {
  show();
  expect([select('Time zone').value, select('Currency').value, select('Weeks begin on').value]).toEqual([
    'Europe/Berlin',
    'CHF',
    'sunday',
  ]);
  expect(screen.queryByRole('status')).toBeNull();
});

it('names currencies in the language of the reader, those of most shops first', () => {
  show('de');
  const options = [...select('Währung').options].map(({ text }) => text);
  expect(options.slice(0, 4)).toEqual([
    'EUR · Euro',
    'USD · US-Dollar',
    'GBP · Britisches Pfund',
    'CHF · Schweizer Franken',
  ]);
  expect(new Set(options).size).toBe(options.length);
});

it('says that history is being counted anew, and for which zone', () => {
  show('en', 'America/New_York');
  expect(screen.getByRole('status').textContent).toBe(
    'History is being counted anew for America/New York. Until that is done, reports follow Europe/Berlin.',
  );
  expect(select('Time zone').value).toBe('America/New_York');
});

it('has a zone that the server does not list among its choices', () => {
  show('en', 'Asia/Calcutta');
  expect(select('Time zone').value).toBe('Asia/Calcutta');
});

it('says that it was saved', async () => {
  updateSite.mockResolvedValue({ saved: true });
  const { user } = show();
  await user.selectOptions(select('Currency'), 'JPY');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('status')).textContent).toBe('Saved.');
  expect(Object.fromEntries(updateSite.mock.lastCall?.[1])).toEqual({
    site: 'site_a',
    timezone: 'Europe/Berlin',
    currency: 'JPY',
    weekStart: 'sunday',
  });
});

it('shows what was wrong at its field, and at no other', async () => {
  updateSite.mockResolvedValue({
    error: {
      code: 'invalid_timezone',
      values: { timezone: 'America/New_York' },
      message: 'x',
      field: 'timezone',
    },
    values: { timezone: 'America/New_York', currency: 'JPY' },
  });
  const { user } = show('de');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect(await screen.findByText('„America/New_York“ ist keine Zeitzone wie Europe/Berlin.')).toBeTruthy();
  expect(select('Zeitzone').getAttribute('aria-invalid')).toBe('true');
  expect(select('Währung').getAttribute('aria-invalid')).toBeNull();
});

it('never hides what was wrong, even with a field that the form does not show', async () => {
  updateSite.mockResolvedValue({
    error: { code: 'unknown_site', message: 'there is no site', field: 'site' },
  });
  const { user } = show('de');
  await user.click(screen.getByRole('button', { name: 'Speichern' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Diesen Shop gibt es nicht mehr.');
});
