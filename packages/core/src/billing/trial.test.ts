import { expect, it } from 'vitest';
import { trialAddress } from './trial.ts';

it.each([
  ['Ann@Shop.Example', 'ann@shop.example'],
  ['ann+trial@shop.example', 'ann@shop.example'],
  ['ann+a+b@shop.example', 'ann@shop.example'],
  // Dots are another mailbox elsewhere.
  ['a.nn@shop.example', 'a.nn@shop.example'],
  ['a.n.n+x@Gmail.com', 'ann@gmail.com'],
  ['a.nn@googlemail.com', 'ann@gmail.com'],
  // A local part that begins with a plus is one.
  ['+ann@shop.example', '+ann@shop.example'],
])('%s is the mailbox %s', (email, mailbox) => {
  expect(trialAddress(email)).toBe(mailbox);
  expect(trialAddress(mailbox)).toBe(mailbox);
});
