import type { ReactNode } from 'react';
import { compiledWords } from './compiled-words.ts';
import { readerLocale } from './reader.ts';
import type { Namespace } from './words.ts';
import { WordsProvider } from './words-provider.tsx';

/** Sends the words of these namespaces to the browser, for the components there: no page sends more than it shows. */
export async function ClientWords({ of, children }: { of: readonly Namespace[]; children: ReactNode }) {
  const locale = await readerLocale();
  const messages = Object.fromEntries(of.map((namespace) => [namespace, compiledWords(locale, namespace)]));
  return (
    <WordsProvider locale={locale} messages={messages}>
      {children}
    </WordsProvider>
  );
}
