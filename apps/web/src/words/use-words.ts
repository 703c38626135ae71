import { use } from 'react';
import type { Locale } from './locale.ts';
import type { Namespace, Words } from './words.ts';
import { GivenWords } from './words-provider.tsx';

// What a component of the browser gets; use-words.server.ts is its twin for components that are rendered on the server alone.
// package.json (`imports`, condition `react-server`) chooses, so that a component need not know where it runs.

/** The words of a namespace in the reader's language. */
export function useWords<N extends Namespace>(namespace: N): Words<N> {
  return use(GivenWords).say(namespace) as unknown as Words<N>;
}

/** The reader's language. */
export function useLocale(): Locale {
  return use(GivenWords).locale;
}
