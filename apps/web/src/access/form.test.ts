import { checkAll, Failure } from '@footfall/core/failure';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failedForm, readForm, sentence, text, tick, typedTexts } from './form.ts';

function formWith(...fields: [string, string | Blob][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value as string);
  return form;
}

const SCHEMA = z.strictObject({ name: text(), stats: tick() });

function refusal(form: FormData): { code: string; where: string | undefined } | null {
  try {
    readForm(SCHEMA, form);
    return null;
  } catch (error) {
    const { code, where } = error as Failure;
    return { code, where };
  }
}

describe('a form that is read', () => {
  it('gives the texts and the ticks of its schema', () => {
    expect(readForm(SCHEMA, formWith(['name', 'Kiln'], ['stats', 'on']))).toEqual({
      name: 'Kiln',
      stats: true,
    });
    expect(readForm(SCHEMA, formWith(['name', '']))).toEqual({ name: '', stats: false });
  });

  it('may carry what Next adds to it', () => {
    expect(refusal(formWith(['name', 'Kiln'], ['$ACTION_REF_1', ''], ['$ACTION_KEY', 'k']))).toBeNull();
  });

  it.each<[string, FormData, string | undefined]>([
    ['a field that is missing', formWith(), 'name'],
    ['a field that nobody asked for', formWith(['name', 'Kiln'], ['role', 'owner']), undefined],
    ['a field that came twice', formWith(['name', 'Kiln'], ['name', 'Co']), 'name'],
    ['a file in place of a text', formWith(['name', new Blob(['x'])]), 'name'],
    ['a text that is longer than any', formWith(['name', 'x'.repeat(20_001)]), 'name'],
    ['a tick that is none', formWith(['name', 'Kiln'], ['stats', 'yes']), 'stats'],
  ])('is refused with %s', (_, form, where) => {
    expect(refusal(form)).toEqual({ code: 'invalid_form', where });
  });
});

describe('what a form says when it was refused', () => {
  it.each([
    ['a name has 1 to 120 characters', 'A name has 1 to 120 characters.'],
    ['kiln.example is one of your sites already', 'kiln.example is one of your sites already.'],
    ['"x" is not a domain, such as shop.example', '"x" is not a domain, such as shop.example.'],
    ['Try again.', 'Try again.'],
  ])('%s becomes %s', (message, said) => expect(sentence(message)).toBe(said));

  const TYPED = { values: { email: 'a@shop.example' }, ticked: { email: ['a@shop.example'] } };
  const failing = (error: unknown) => {
    const logged: unknown[] = [];
    const state = failedForm(error, { typed: TYPED, log: (one) => logged.push(one) });
    return { state, logged };
  };

  it('has the code, names the field and keeps what was typed', () => {
    const failure = new Failure('weak', { status: 400, retriable: false }, 'too short', {
      where: 'password',
    });
    expect(failing(failure)).toEqual({
      state: {
        error: { code: 'weak', values: {}, message: 'Too short.', field: 'password' },
        ...TYPED,
      },
      logged: [],
    });
  });

  it.each([
    ['a bug', new TypeError('x is not a function')],
    ['a store that is away', new Failure('unavailable', { status: 503, retriable: true }, 'db-7 is down')],
  ])('tells nothing of %s, which the log has', (_, error) => {
    const { state, logged } = failing(error);
    expect(state.error?.code).toBe('internal');
    expect(JSON.stringify(state)).not.toContain(error.message);
    expect(logged).toEqual([error]);
  });

  it('never shows a secret again', () => {
    const form = formWith(['email', 'a@shop.example'], ['password', 'correct horse'], ['$ACTION_KEY', 'k']);
    expect(typedTexts(form, ['password'])).toEqual(TYPED);
  });

  it('has all that was wrong, each with its field', () => {
    const fail = (code: string, where: string) => () => {
      throw new Failure(code, { status: 400, retriable: false }, 'Oh', { where });
    };
    const checks = [fail('weak', 'password'), () => 'fine', fail('bad', 'email')] as const;
    const thrown = (() => {
      try {
        return checkAll(...checks);
      } catch (error) {
        return error;
      }
    })();
    const { error, more } = failing(thrown).state;
    expect([error, ...(more ?? [])].map((one) => [one?.code, one?.field])).toEqual([
      ['weak', 'password'],
      ['bad', 'email'],
    ]);
  });

  it('keeps what was ticked, one and several', () => {
    const form = formWith(['events', 'a'], ['events', 'b'], ['scopes', 'stats']);
    expect(typedTexts(form, [])).toEqual({
      values: { scopes: 'stats' },
      ticked: { events: ['a', 'b'], scopes: ['stats'] },
    });
  });
});
