import compile from 'icu-minify/compile';
import type { CompiledMessage } from 'icu-minify/format';
import type { Locale } from './locale.ts';
import { MESSAGES, type Namespace } from './words.ts';

/** Words whose sentences are read already, so that who says them needs no parser of ICU's language. */
export type CompiledWords = { readonly [key: string]: CompiledMessage | CompiledWords };

type Written = { readonly [key: string]: string | Written };

function compileAll(words: Written): CompiledWords {
  return Object.fromEntries(
    Object.entries(words).map(([key, word]) => [
      key,
      typeof word === 'string' ? compile(word) : compileAll(word),
    ]),
  );
}

const compiled = new Map<string, CompiledWords>();

/** The words of a namespace for the browser; each is compiled once a process. */
export function compiledWords(locale: Locale, namespace: Namespace): CompiledWords {
  const key = `${locale}.${namespace}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  // The compiler's objects have no prototype, which React does not send to the browser.
  const words = structuredClone(compileAll(MESSAGES[locale][namespace]));
  compiled.set(key, words);
  return words;
}
