import { FINDINGS, type FindingCode } from '@footfall/site-check/finding';
import { screen, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';
import type { Locale } from '#words/locale.ts';

const checkPage = vi.hoisted(() => vi.fn());
vi.mock('./page-actions.ts', () => ({ checkPage }));

const { PageCheck } = await import('./page-check.tsx');

beforeEach(() => vi.resetAllMocks());

const BUTTONS = { en: 'Check my page', de: 'Meine Seite prüfen' };

async function check(answer: object, locale: Locale = 'en') {
  checkPage.mockResolvedValue(answer);
  const shown = renderScreen(<PageCheck siteId="site_a" domain="xn--tpferei-90a.example" />, { locale });
  await shown.user.click(screen.getByRole('button', { name: BUTTONS[locale] }));
  return shown;
}

/** A value for every name that a sentence may want. */
const VALUES = {
  minutes: 2,
  count: 2,
  status: 404,
  key: 'ff_other',
  domain: 'xn--tpferei-90a.example',
  host: 'evil.example',
  origin: 'https://in.example',
  expected: 'https://in.example/a.js',
  holder: 'Cookiebot',
};

it.each(['en', 'de'] as const)('in %s every finding has its sentence', async (locale) => {
  const codes = Object.keys(FINDINGS) as FindingCode[];
  const findings = codes.map((code) => ({ code, values: VALUES }));
  await check({ report: { url: 'https://xn--tpferei-90a.example/p?a=1', findings } }, locale);
  const rows = await screen.findAllByRole('listitem');
  expect(rows).toHaveLength(codes.length);
  for (const row of rows) expect(row.textContent).not.toMatch(/findings\.|[{}<>]|xn--|undefined/);
  // Heard by a screen reader without being looked for.
  expect(rows[0]?.closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite');
  expect(screen.getByText(/töpferei\.example\/p\?a=1/)).toBeTruthy();
});

it('says how bad a finding is in a word, not by colour alone', async () => {
  const findings = [
    { code: 'csp_connect', values: { origin: 'https://in.example' } },
    { code: 'found', values: {} },
  ];
  await check({ report: { url: 'https://kiln.example/', findings } });
  const [bad, good] = await screen.findAllByRole('listitem');
  expect(within(bad as HTMLElement).getByText('Keeps visits from being counted')).toBeTruthy();
  expect(within(bad as HTMLElement).getByText('connect-src').tagName).toBe('CODE');
  expect(within(good as HTMLElement).getByText('Right')).toBeTruthy();
});

it('sends the page that was named, and keeps it when it is refused', async () => {
  checkPage.mockImplementation(async (_: unknown, form: FormData) => ({
    error: { code: 'foreign_page', values: { domain: 'kiln.example' }, message: 'x', field: 'page' },
    values: Object.fromEntries(form),
  }));
  const { user } = renderScreen(<PageCheck siteId="site_a" domain="kiln.example" />);
  await user.type(screen.getByRole('textbox', { name: 'Page' }), 'https://evil.example/');
  await user.click(screen.getByRole('button', { name: 'Check my page' }));
  const field = await screen.findByRole<HTMLInputElement>('textbox', {
    description: /not a page of kiln\.example/,
  });
  expect(field.value).toBe('https://evil.example/');
  expect(Object.fromEntries(checkPage.mock.lastCall?.[1])).toEqual({
    site: 'site_a',
    page: 'https://evil.example/',
  });
});
