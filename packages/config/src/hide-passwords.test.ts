import { expect, test } from 'vitest';
import { hideCredentials, hidePasswords } from './hide-passwords.ts';
import { VARIABLES } from './variables.ts';

test.each([
  ['postgres://user:secret@host:5432/db', 'postgres://***@host:5432/db'],
  // Not encoded as they should be, but passwords all the same.
  ['postgres://user:p@ss/word@host/db', 'postgres://***@host/db'],
  ['kafka://a:b@h1:9092,h2:9092 and https://c:d@e/', 'kafka://***@h1:9092,h2:9092 and https://***@e/'],
  ['"postgres://u:p@h/d" is wrong', '"postgres://***@h/d" is wrong'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['mail a@b.example', 'mail a@b.example'],
  [
    'postgres://host/db?user=u&password=secret&sslmode=require',
    'postgres://host/db?user=u&password=***&sslmode=require',
  ],
  [
    'it is postgres://u:secret@h/d, for example X=postgres://user:password@host:5432/d',
    'it is postgres://***@h/d, for example X=postgres://user:password@host:5432/d',
  ],
])('%s is shown as %s', (text, shown) => {
  expect(hidePasswords(text)).toBe(shown);
});

test.each(Object.entries(VARIABLES))(
  'the example of %s can be read where passwords are hidden',
  (_, { example }) => {
    expect(hidePasswords(example)).toBe(example);
  },
);

test.each([
  ['postgres://user:se cret@host/db', 'postgres://***@host/db'],
  ['postgres://user:se"c\'ret@host/db', 'postgres://***@host/db'],
  ['postgres:/user:secret@host/db', 'postgres:/***@host/db'],
  ['user:secret@host/db', '***@host/db'],
  ['postgres://host/db', 'postgres://host/db'],
])('of %s nothing of user and password is shown', (url, shown) => {
  expect(hideCredentials(url)).toBe(shown);
});
