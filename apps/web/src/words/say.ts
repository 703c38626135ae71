import format, { type CompiledMessage, type FormatValues } from 'icu-minify/format';
import { cloneElement, isValidElement, type ReactNode } from 'react';
import type { CompiledWords } from './compiled-words.ts';
import type { Locale } from './locale.ts';

// What use-intl does on the server (words.ts), for words that are compiled: a twelfth of its size. A test compares the two, sentence by sentence.

type Values = FormatValues<ReactNode>;

/** The words of a namespace, untyped; use-words.ts gives them the types of `Words`. */
export type Sayings = {
  (key: string, values?: Values): string;
  rich: (key: string, values?: Values) => ReactNode;
  raw: (key: string) => unknown;
  has: (key: string) => boolean;
};

type Said = { locale: Locale; namespace: string; words: CompiledWords; onError: (error: Error) => void };

const plurals = new Map<string, Intl.PluralRules>();

/** Numbers and days come as texts that format/ has made: sentences choose by plural alone. */
const FORMATTERS = {
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...args),
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
    new Intl.DateTimeFormat(...args),
  getPluralRules(...[locale, options]: ConstructorParameters<typeof Intl.PluralRules>) {
    const key = `${locale} ${options?.type}`;
    const rules = plurals.get(key) ?? new Intl.PluralRules(locale, options);
    plurals.set(key, rules);
    return rules;
  },
};

/** What lies at a path such as `roles.owner`; a name of Object's own is none of ours. */
function find(words: CompiledWords, key: string): CompiledMessage | CompiledWords | undefined {
  let at: unknown = words;
  for (const name of key.split('.')) {
    if (typeof at !== 'object' || at === null || Array.isArray(at) || !Object.hasOwn(at, name))
      return undefined;
    at = (at as CompiledWords)[name];
  }
  return at as CompiledMessage | CompiledWords;
}

/** Elements stand in a list, so each gets a key. */
function keyed(values: Values): Values {
  let count = 0;
  const withKey = (element: ReactNode) =>
    isValidElement(element) ? cloneElement(element, { key: `said${count++}` }) : element;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'function' ? (chunks: ReactNode[]) => withKey(value(chunks)) : value,
    ]),
  );
}

/** A sentence that lacks a value is said nowhere with "undefined" in it. */
const given = (values: Values): Values =>
  new Proxy(values, {
    get(all, name) {
      if (!Object.hasOwn(all, name)) throw new Error(`the value ${String(name)} is missing`);
      return all[name as string];
    },
  });

/** Says the words of a namespace. What cannot be said goes to `onError`, and stands as its key. */
export function sayings({ locale, namespace, words, onError }: Said): Sayings {
  const sayRich = (key: string, values: Values = {}): ReactNode => {
    try {
      const message = find(words, key);
      if (typeof message !== 'string' && !Array.isArray(message)) throw new Error('there is no such word');
      return format<ReactNode>(message, locale, given(keyed(values)), { formatters: FORMATTERS });
    } catch (error) {
      onError(new Error(`${namespace}.${key}: ${error instanceof Error ? error.message : error}`));
      return `${namespace}.${key}`;
    }
  };
  const say = (key: string, values?: Values) => {
    const said = sayRich(key, values);
    if (typeof said === 'string') return said;
    onError(new Error(`${namespace}.${key}: has elements, which only rich() can say`));
    return `${namespace}.${key}`;
  };
  return Object.assign(say, {
    rich: sayRich,
    raw: (key: string) => find(words, key),
    has: (key: string) => find(words, key) !== undefined,
  });
}
