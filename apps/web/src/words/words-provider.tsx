'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';
import type { CompiledWords } from './compiled-words.ts';
import type { Locale } from './locale.ts';
import { type Sayings, sayings } from './say.ts';

type Given = {
  locale: Locale;
  messages: Readonly<Record<string, CompiledWords>>;
  /** Hears of a word that is missing, and of one that lacks a value. */
  onError: (error: Error) => void;
};

// biome-ignore lint/suspicious/noConsole: in the browser the console is the log.
const toConsole = (error: Error) => console.error(error);

/** The words of each namespace, made once. They stand here, where every page loads them, and not in each page's own script again. */
function speaker({ locale, messages, onError }: Given): (namespace: string) => Sayings {
  const made = new Map<string, Sayings>();
  return (namespace) => {
    const known = made.get(namespace);
    if (known !== undefined) return known;
    const all = sayings({ locale, namespace, words: messages[namespace] ?? {}, onError });
    made.set(namespace, all);
    return all;
  };
}

const giving = (given: Given) => ({ ...given, say: speaker(given) });

/** The words that the components below have. */
export const GivenWords = createContext(giving({ locale: 'en', messages: {}, onError: toConsole }));

export type WordsProviderProps = Omit<Given, 'onError'> & Partial<Given> & { children: ReactNode };

/** Gives words to the components of the browser below, on top of those that they have from above. */
export function WordsProvider({ locale, messages, onError, children }: WordsProviderProps) {
  const above = use(GivenWords);
  const all = useMemo(
    () => giving({ locale, messages: { ...above.messages, ...messages }, onError: onError ?? above.onError }),
    [above, locale, messages, onError],
  );
  return <GivenWords value={all}>{children}</GivenWords>;
}
