import { cleanup, configure, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  AppRouterContext,
  type AppRouterInstance,
} from 'next/dist/shared/lib/app-router-context.shared-runtime.js';
import {
  PathnameContext,
  SearchParamsContext,
} from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { compiledWords } from '#words/compiled-words.ts';
import type { Locale } from '#words/locale.ts';
import { MESSAGES, type Namespace } from '#words/words.ts';
import { WordsProvider } from '#words/words-provider.tsx';

// What is waited for is a condition: a loaded machine must not end it, as the default of a second would.
configure({ asyncUtilTimeout: 20_000 });

afterEach(cleanup);

const allWords = (locale: Locale) =>
  Object.fromEntries(
    (Object.keys(MESSAGES[locale]) as Namespace[]).map((name) => [name, compiledWords(locale, name)]),
  );

type Where = { locale?: Locale; path?: string; query?: string };

/**
 * Renders a component as a page of the portal would: with words of a language, an address and a router that only notes what it is
 * asked. A word that is missing, or lacks a value, fails the test.
 */
export function renderScreen(
  screen: ReactNode,
  { locale = 'en', path = '/sites/site_a', query = '' }: Where = {},
) {
  window.history.replaceState(null, '', path + query);
  const router = {
    push: vi.fn<AppRouterInstance['push']>(),
    replace: vi.fn<AppRouterInstance['replace']>(),
    refresh: vi.fn<AppRouterInstance['refresh']>(),
    prefetch: vi.fn<AppRouterInstance['prefetch']>(),
    back: vi.fn<AppRouterInstance['back']>(),
    forward: vi.fn<AppRouterInstance['forward']>(),
    bfcacheId: 'test',
  };
  const onError = (error: Error) => {
    throw error;
  };
  const within = (children: ReactNode) => (
    <WordsProvider locale={locale} messages={allWords(locale)} onError={onError}>
      <AppRouterContext value={router}>
        <PathnameContext value={path}>
          <SearchParamsContext value={new URLSearchParams(query)}>{children}</SearchParamsContext>
        </PathnameContext>
      </AppRouterContext>
    </WordsProvider>
  );
  const { rerender, ...rendered } = render(within(screen));
  return {
    ...rendered,
    router,
    user: userEvent.setup(),
    rerender: (next: ReactNode) => rerender(within(next)),
  };
}
