import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compiledWords } from './compiled-words.ts';
import type { Locale } from './locale.ts';
import { useLocale, useWords } from './use-words.ts';
import type { Namespace } from './words.ts';
import { WordsProvider } from './words-provider.tsx';

afterEach(cleanup);

const some = (locale: Locale, ...namespaces: Namespace[]) =>
  Object.fromEntries(namespaces.map((name) => [name, compiledWords(locale, name)]));

function Close() {
  return <p>{useWords('ui')('close')}</p>;
}

function Retry() {
  return <p>{useWords('failed')('retry')}</p>;
}

describe('the words that a page sends to the browser', () => {
  it.each([
    ['en', 'Close'],
    ['de', 'Schließen'],
  ] as const)('are in %s those that it sends', (locale, text) => {
    render(
      <WordsProvider locale={locale} messages={some(locale, 'ui')}>
        <Close />
      </WordsProvider>,
    );
    expect(screen.getByText(text)).toBeTruthy();
  });

  it('come on top of those from above', () => {
    render(
      <WordsProvider locale="de" messages={some('de', 'ui')}>
        <WordsProvider locale="de" messages={some('de', 'failed')}>
          <Close />
          <Retry />
        </WordsProvider>
      </WordsProvider>,
    );
    expect(screen.getByText('Schließen')).toBeTruthy();
    expect(screen.getByText('Noch einmal versuchen')).toBeTruthy();
  });

  it('are not those of a page beside', () => {
    const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    render(
      <>
        <WordsProvider locale="en" messages={some('en', 'failed')}>
          <Retry />
        </WordsProvider>
        <WordsProvider locale="en" messages={some('en', 'ui')}>
          <Retry />
        </WordsProvider>
      </>,
    );
    // What was not sent stands as its key, and says so in the console.
    expect(screen.getByText('failed.retry')).toBeTruthy();
    expect(complaint).toHaveBeenCalled();
    complaint.mockRestore();
  });

  it('turn with the language', () => {
    const within = (locale: Locale) => (
      <WordsProvider locale={locale} messages={some(locale, 'ui')}>
        <Close />
      </WordsProvider>
    );
    const { rerender } = render(within('en'));
    rerender(within('de'));
    expect(screen.getByText('Schließen')).toBeTruthy();
  });

  it('say which language they are in', () => {
    const Which = () => <p>{useLocale()}</p>;
    render(
      <WordsProvider locale="de" messages={{}}>
        <Which />
      </WordsProvider>,
    );
    expect(screen.getByText('de')).toBeTruthy();
  });
});
