import type { ReactNode } from 'react';
import { readerLocale } from './reader.ts';
import { MESSAGES, type Namespace } from './words.ts';
import { WordsProvider } from './words-provider.tsx';

/** Sends the words of these namespaces to the browser, for the components there: no page sends more than it shows. */
export async function ClientWords({ of, children }: { of: readonly Namespace[]; children: ReactNode }) {
  const locale = await readerLocale();
  const messages = Object.fromEntries(of.map((namespace) => [namespace, MESSAGES[locale][namespace]]));
  return (
    <WordsProvider locale={locale} messages={messages}>
      {children}
    </WordsProvider>
  );
}
