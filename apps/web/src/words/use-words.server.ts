import { use } from 'react';
import type { Locale } from './locale.ts';
import { readerLocale } from './reader.ts';
import { type Namespace, type Words, wordsIn } from './words.ts';

/** As in use-words.ts, of the request that is being answered. */
export function useWords<N extends Namespace>(namespace: N): Words<N> {
  return wordsIn(use(readerLocale()), namespace);
}

/** As in use-words.ts. */
export function useLocale(): Locale {
  return use(readerLocale());
}
