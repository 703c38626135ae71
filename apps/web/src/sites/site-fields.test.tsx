import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import { CurrencyField, ZoneField } from './site-fields.tsx';

const ZONES = ['Etc/UTC', 'America/New_York', 'Europe/Berlin'];
const CURRENCIES = {
  common: [{ code: 'EUR', name: 'Euro' }],
  others: [{ code: 'ISK', name: 'Icelandic Króna' }],
};

const select = () => screen.getByRole<HTMLSelectElement>('combobox');
const listOptions = (element: HTMLElement) =>
  within(element)
    .getAllByRole<HTMLOptionElement>('option')
    .map(({ textContent, value }) => [value, textContent]);

describe('the field of a time zone', () => {
  it.each([
    ['en', 'Time zone', 'Days and hours of all reports follow it'],
    ['de', 'Zeitzone', 'Nach ihr richten sich Tage und Stunden aller Berichte'],
  ] as const)('in %s says what it is for', (locale, name, description) => {
    renderScreen(<ZoneField timezones={ZONES} value="Europe/Berlin" error={undefined} />, { locale });
    expect(screen.getByRole('combobox', { name, description })).toBe(select());
    expect(select().value).toBe('Europe/Berlin');
  });

  it('writes zones as people read them, and sends them as they are', () => {
    renderScreen(<ZoneField timezones={ZONES} value="Etc/UTC" error={undefined} />);
    expect(listOptions(select())).toContainEqual(['America/New_York', 'America/New York']);
  });

  it.each([
    // What this browser calls by another name must not be changed by being saved.
    { why: 'that the list does not have', value: 'Asia/Calcutta', count: 4 },
    { why: 'that the list has, once', value: 'Europe/Berlin', count: 3 },
  ])('has a zone $why', ({ value, count }) => {
    renderScreen(<ZoneField timezones={ZONES} value={value} error={undefined} />);
    expect(select().value).toBe(value);
    expect(listOptions(select())).toHaveLength(count);
  });

  it('shows what is wrong in place of the hint', () => {
    renderScreen(<ZoneField timezones={ZONES} value="Etc/UTC" error="This is not a zone." />);
    expect(screen.getByRole('combobox', { description: 'This is not a zone.' })).toBe(select());
    expect(select().getAttribute('aria-invalid')).toBe('true');
  });

  it('turns to another value when the form says so', () => {
    const { rerender } = renderScreen(<ZoneField timezones={ZONES} value="Etc/UTC" error={undefined} />);
    rerender(<ZoneField timezones={ZONES} value="Europe/Berlin" error={undefined} />);
    expect(select().value).toBe('Europe/Berlin');
  });

  it('is chosen from by the keyboard', async () => {
    const { user } = renderScreen(<ZoneField timezones={ZONES} value="Etc/UTC" error={undefined} />);
    await user.tab();
    // The focus moves in an effect, after what is seen.
    await expect.poll(() => document.activeElement).toBe(select());
    await user.selectOptions(select(), 'America/New_York');
    expect(select().value).toBe('America/New_York');
  });
});

describe('the field of a currency', () => {
  it.each([
    ['en', 'Currency', ['Common', 'All others']],
    ['de', 'Währung', ['Häufige', 'Alle anderen']],
  ] as const)('in %s has those of most shops first', (locale, name, groups) => {
    renderScreen(<CurrencyField currencies={CURRENCIES} value="EUR" error={undefined} />, { locale });
    const field = screen.getByRole('combobox', { name });
    expect(
      within(field)
        .getAllByRole<HTMLOptGroupElement>('group')
        .map(({ label }) => label),
    ).toEqual(groups);
    expect(listOptions(field)).toEqual([
      ['EUR', 'EUR · Euro'],
      ['ISK', 'ISK · Icelandic Króna'],
    ]);
  });

  it.each(['EUR', 'ISK'])('shows %s when it is the one', (value) => {
    renderScreen(<CurrencyField currencies={CURRENCIES} value={value} error={undefined} />);
    expect(select().value).toBe(value);
  });

  it('shows what is wrong', () => {
    renderScreen(<CurrencyField currencies={CURRENCIES} value="EUR" error="Oh." />, { locale: 'de' });
    expect(screen.getByRole('combobox', { name: 'Währung', description: 'Oh.' })).toBeTruthy();
  });
});
