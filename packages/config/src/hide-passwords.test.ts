import { expect, test } from 'vitest';
import { hidePasswords } from './hide-passwords.ts';

test.each([
  ['postgres://user:secret@host:5432/db', 'postgres://***@host:5432/db'],
  // Not encoded as they should be, but passwords all the same.
  ['postgres://user:p@ss/word@host/db', 'postgres://***@host/db'],
  ['kafka://a:b@h1:9092,h2:9092 and https://c:d@e/', 'kafka://***@h1:9092,h2:9092 and https://***@e/'],
  ['"postgres://u:p@h/d" is wrong', '"postgres://***@h/d" is wrong'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['mail a@b.example', 'mail a@b.example'],
])('%s is shown as %s', (text, shown) => {
  expect(hidePasswords(text)).toBe(shown);
});
