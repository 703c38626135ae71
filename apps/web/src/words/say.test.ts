import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { createElement, isValidElement, type ReactNode } from 'react';
import { createTranslator } from 'use-intl/core';
import { describe, expect, it, vi } from 'vitest';
import { type CompiledWords, compiledWords } from './compiled-words.ts';
import failed from './failed.json' with { type: 'json' };
import compiledFailed from './failed-compiled.json' with { type: 'json' };
import { type Sayings, sayings } from './say.ts';
import { MESSAGES, type Namespace } from './words.ts';

const LANGUAGES = ['en', 'de'] as const;
const NAMESPACES = Object.keys(MESSAGES.en) as Namespace[];

const fail = (error: Error) => {
  throw error;
};

/** Keys of all words below, with their sentences. */
function listWords(words: object, before = ''): [key: string, sentence: string][] {
  return Object.entries(words).flatMap(([name, word]): [string, string][] =>
    typeof word === 'string' ? [[before + name, word]] : listWords(word, `${before}${name}.`),
  );
}

type Choice = { names: Set<string>; options: Map<string, Set<string>>; tags: Set<string> };

/** What a sentence asks for: its values, what they choose between, its tags. */
function readChoice(elements: readonly MessageFormatElement[], into: Choice): Choice {
  for (const element of elements) {
    if (element.type === TYPE.tag) {
      into.tags.add(element.value);
      readChoice(element.children, into);
    } else if (element.type !== TYPE.literal && element.type !== TYPE.pound) into.names.add(element.value);
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      const options = into.options.get(element.value) ?? new Set();
      into.options.set(element.value, options);
      for (const [name, { value }] of Object.entries(element.options)) {
        options.add(name);
        readChoice(value, into);
      }
    }
  }
  return into;
}

/** Values for a sentence: each that it chooses between once, and numbers for its plurals. */
function listValues(sentence: string): Record<string, unknown>[] {
  const { names, options, tags } = readChoice(parse(sentence), {
    names: new Set(),
    options: new Map(),
    tags: new Set(),
  });
  const tagged = Object.fromEntries([...tags].map((tag) => [tag, (chunks: ReactNode) => ['<', chunks, '>']]));
  const rounds = Math.max(1, ...[...options.values()].map(({ size }) => size)) + 2;
  return Array.from({ length: rounds }, (_, round) => {
    const values = [...names].map((name) => {
      const among = [...(options.get(name) ?? [])].filter((option) => !/^(=|one$)/.test(option));
      const isPlural = /\{\w+, plural/.test(sentence) && sentence.includes(`{${name}, plural`);
      if (isPlural) return [name, round];
      return [name, among[round % Math.max(1, among.length)] ?? `<${name} ${round}>`];
    });
    return { ...tagged, ...Object.fromEntries(values) };
  });
}

const flat = (said: ReactNode): string => (Array.isArray(said) ? said.map(flat).join('') : String(said));

describe('a compiled sentence', () => {
  it.each(LANGUAGES)('says in %s what use-intl says, each sentence with each choice', (locale) => {
    let count = 0;
    for (const namespace of NAMESPACES) {
      const mine = sayings({ locale, namespace, words: compiledWords(locale, namespace), onError: fail });
      const theirs = createTranslator({
        locale,
        messages: MESSAGES[locale],
        namespace,
        onError: fail,
      }) as unknown as Sayings;
      for (const [key, sentence] of listWords(MESSAGES[locale][namespace]))
        for (const values of listValues(sentence)) {
          const asked = `${namespace}.${key} ${JSON.stringify(values)}`;
          expect(asked + flat(mine.rich(key, values as never))).toBe(
            asked + flat(theirs.rich(key, values as never)),
          );
          count += 1;
        }
    }
    expect(count).toBeGreaterThan(3_000);
  });
});

const WORDS: CompiledWords = {
  plain: 'Plain',
  named: ['Hello ', ['name']],
  bold: ['Read ', ['b', 'this'], ' and ', ['b', 'that']],
  below: { here: 'Here' },
};

function said() {
  const onError = vi.fn<(error: Error) => void>();
  return { say: sayings({ locale: 'en', namespace: 'test', words: WORDS, onError }), onError };
}

describe('what cannot be said', () => {
  it.each([
    ['missing', {}],
    ['below', {}],
    ['below.there', {}],
    ['plain.length', {}],
    ['constructor', {}],
    ['__proto__.toString', {}],
    // "Hello undefined" would be said to a person.
    ['named', {}],
    ['named', undefined],
    ['bold', { b: () => ({}) as never }],
  ])('stands as its key, and is told: %s', (key, values) => {
    const { say, onError } = said();
    expect(say(key, values)).toBe(`test.${key}`);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('can be asked for before', () => {
    const { say, onError } = said();
    expect(['plain', 'below.here', 'missing', 'constructor'].map(say.has)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(onError).not.toHaveBeenCalled();
  });
});

it('elements in a sentence have keys, each its own', () => {
  const { say } = said();
  const parts = say.rich('bold', { b: (chunks) => createElement('b', null, chunks) }) as ReactNode[];
  const keys = parts.filter(isValidElement).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
  expect(keys).not.toContain(null);
});

it('the words of the page that stands where the frame failed are compiled from theirs', () => {
  const compiled = LANGUAGES.map((locale) => [locale, compiledWords(locale, 'failed')]);
  expect(compiledFailed, 'compile failed.json anew').toEqual(Object.fromEntries(compiled));
  expect(Object.keys(failed)).toEqual(LANGUAGES);
});
