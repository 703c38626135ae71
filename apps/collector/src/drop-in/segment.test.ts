import { expect, test } from 'vitest';
import { basicUser } from './segment.ts';

test.each([
  [`Basic ${btoa('ff_key:')}`, 'ff_key', 'as its libraries send it'],
  [`basic  ${btoa('ff_key:secret')} `, 'ff_key', 'with a password'],
  [`Basic ${btoa('ff_key')}`, 'ff_key', 'without a colon'],
  [`Basic ${btoa(':secret')}`, undefined, 'without a name'],
  ['Basic', undefined, 'empty'],
  ['Basic ???', undefined, 'not Base64'],
  ['Bearer ffk_x', undefined, 'another scheme'],
  [undefined, undefined, 'missing'],
])('the user of %j is %j: %s', (authorization, user, _why) => {
  expect(basicUser(authorization)).toBe(user);
});
