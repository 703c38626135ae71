/** Light or dark as chosen; absent: as the system says. Kept in a cookie, so that the first paint is right without a script. */
export const THEME_COOKIE = 'theme';

export type Theme = 'light' | 'dark';

/** The theme in a cookie's text, or undefined. */
export function parseTheme(text: string | undefined): Theme | undefined {
  return text === 'light' || text === 'dark' ? text : undefined;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Turns the page to the other theme and remembers it; back at what the system says there is nothing to remember. */
export function toggleTheme(): void {
  const root = document.documentElement;
  const system: Theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next: Theme = (parseTheme(root.dataset.theme) ?? system) === 'dark' ? 'light' : 'dark';
  const followsSystem = next === system;
  if (followsSystem) delete root.dataset.theme;
  else root.dataset.theme = next;
  const age = followsSystem ? 0 : YEAR_SECONDS;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that we support.
  document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${age}; samesite=lax`;
}
