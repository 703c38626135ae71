import type { Metadata } from 'next';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { chosenLocale, LOCALE_COOKIE, type Locale } from './locale.ts';
import { type Messages, type Namespace, type Words, wordsIn } from './words.ts';

/** The language of whoever asks, once a request. */
export const readerLocale = cache(async (): Promise<Locale> => {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return chosenLocale(jar.get(LOCALE_COOKIE)?.value, head.get('accept-language'));
});

/** The words of a namespace for whoever asks: in pages, metadata and actions. Components call `useWords`. */
export async function readerWords<N extends Namespace>(namespace: N): Promise<Words<N>> {
  return wordsIn(await readerLocale(), namespace);
}

/** What the head of a page says: its title, by key. For `generateMetadata`. */
export function pageTitle(key: keyof Messages['titles']): () => Promise<Metadata> {
  return async () => {
    const words = await readerWords('titles');
    return { title: words(key) };
  };
}
