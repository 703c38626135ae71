import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseTheme, THEME_COOKIE, toggleTheme } from './theme.ts';

let cookie = vi.spyOn(document, 'cookie', 'set');

beforeEach(() => {
  cookie = vi.spyOn(document, 'cookie', 'set');
  delete document.documentElement.dataset.theme;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const systemIs = (theme: 'light' | 'dark') =>
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('dark') && theme === 'dark' }));

const shown = () => document.documentElement.dataset.theme;

/** What the browser was told last; a cookie of no age is forgotten. */
function remembered() {
  const [, theme, age] =
    new RegExp(`^${THEME_COOKIE}=(\\w+); path=/; max-age=(\\d+);`).exec(String(cookie.mock.lastCall)) ?? [];
  return age === '0' ? undefined : theme;
}

describe('the theme of a page', () => {
  it.each([
    ['light', 'dark'],
    ['dark', 'light'],
  ] as const)('turns from %s, as the system says, to %s and is remembered', (system, other) => {
    systemIs(system);
    toggleTheme();
    expect([shown(), remembered()]).toEqual([other, other]);
  });

  it.each(['light', 'dark'] as const)('back at %s, as the system says, has nothing to remember', (system) => {
    systemIs(system);
    toggleTheme();
    toggleTheme();
    expect([shown(), remembered()]).toEqual([undefined, undefined]);
  });

  it('turns away from what was chosen, whatever the system says meanwhile', () => {
    systemIs('light');
    toggleTheme();
    systemIs('dark');
    toggleTheme();
    expect([shown(), remembered()]).toEqual(['light', 'light']);
  });

  it('that is not one counts as none', () => {
    document.documentElement.dataset.theme = 'sepia';
    systemIs('light');
    toggleTheme();
    expect(shown()).toBe('dark');
  });
});

it.each([
  ['light', 'light'],
  ['dark', 'dark'],
  ['Dark', undefined],
  ['', undefined],
  ['constructor', undefined],
  [undefined, undefined],
])('a cookie that says %j means %s', (text, theme) => expect(parseTheme(text)).toBe(theme));
