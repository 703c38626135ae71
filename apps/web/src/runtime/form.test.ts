import { Failure } from '@footfall/core/failure';
import { describe, expect, it } from 'vitest';
import { failedForm, fieldOf, sentence } from './form.ts';

describe('what a form says when it was refused', () => {
  it.each([
    ['a name has 1 to 120 characters', 'A name has 1 to 120 characters.'],
    ['kiln.example is one of your sites already', 'kiln.example is one of your sites already.'],
    ['"x" is no domain, such as shop.example', '"x" is no domain, such as shop.example.'],
    ['Try again.', 'Try again.'],
  ])('%s becomes %s', (message, text) => expect(sentence(message)).toBe(text));

  it('names the field and keeps what was typed', () => {
    const failure = new Failure('weak', { status: 400, retriable: false }, 'too short', {
      where: 'password',
    });
    expect(failedForm(failure, { email: 'a@shop.example' })).toEqual({
      error: { message: 'Too short.', field: 'password' },
      values: { email: 'a@shop.example' },
    });
  });

  it('reads texts only: an uploaded file is no text', () => {
    const form = new FormData();
    form.set('name', 'Kiln');
    form.set('file', new Blob(['x']));
    expect(['name', 'file', 'absent'].map((name) => fieldOf(form, name))).toEqual(['Kiln', '', '']);
  });
});
