import { screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { STORED_GROUPS } from '#privacy/stored-tables.ts';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';
import { type Namespace, wordsIn } from '#words/words.ts';

const reader = vi.hoisted(() => ({ locale: 'en' as Locale }));
vi.mock('#access/page.ts', () => ({ publicPage: (_: string, render: unknown) => render }));
vi.mock('#access/settings-in-force.ts', () => ({
  settingsInForce: () => ({ sessionDays: 30, idleDays: 7, sendsMail: true, auditDays: 730 }),
}));
vi.mock('#words/reader.ts', () => ({
  pageTitle: () => async () => ({}),
  readerWords: async (namespace: Namespace) => wordsIn(reader.locale, namespace),
}));

const { default: page } = await import('./page.tsx');
const dataProcessing = page as unknown as () => Promise<React.ReactNode>;

it.each([
  [
    'en',
    'What is done with data of visitors',
    /secret and the ids that the site has stated can join the days/,
  ],
  [
    'de',
    'Was mit Daten der Besucher geschieht',
    /Geheimnis der Installation als auch die genannten Kennungen/,
  ],
] as const)('in %s says what is stored, and plainly who could join days', async (locale, title, plainly) => {
  reader.locale = locale;
  renderScreen(await dataProcessing(), { locale, path: '/data-processing' });
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title);
  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(8);
  // What is stored, with the settings in force.
  expect(screen.getAllByRole('heading', { level: 3 })).toHaveLength(STORED_GROUPS.length);
  expect(screen.getByText(/730 (days|Tage)/)).toBeTruthy();
  expect(screen.getByText(/audit_entry/)).toBeTruthy();
  expect(screen.getByText(plainly)).toBeTruthy();
});
