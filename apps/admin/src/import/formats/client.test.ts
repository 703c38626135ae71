import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientInLists, isAddressList } from './client.ts';

test.each([
  [['8.8.8.8'], '8.8.8.8'],
  [['8.8.8.8, 10.0.0.1'], '8.8.8.8'],
  [['8.8.8.8,10.0.0.1,172.17.0.2'], '8.8.8.8'],
  [['10.0.0.1, 8.8.8.8'], '8.8.8.8'],
  [['unknown, 8.8.8.8'], '8.8.8.8'],
  [['8.8.8.8:51234, 10.0.0.1:80'], '8.8.8.8'],
  [['[2606:4700::1111]:443, 10.0.0.1'], '2606:4700::1111'],
  [['::ffff:8.8.8.8'], '8.8.8.8'],
  [['"8.8.8.8", 10.0.0.1'], '8.8.8.8'],
  // An example is of nobody, but it is not of a network of one's own.
  [['10.0.0.1, 203.0.113.7'], '203.0.113.7'],
  [['203.0.113.7, 8.8.8.8'], '8.8.8.8'],
  [['192.168.1.5, 10.0.0.1'], '192.168.1.5'],
  [['-', '10.0.0.1'], '10.0.0.1'],
  [['8.8.8.8', '10.0.0.1'], '8.8.8.8'],
  [['10.9.9.9', '8.8.8.8'], '8.8.8.8'],
  [[undefined, '8.8.8.8'], '8.8.8.8'],
  [['p5b2.dip.isp.example'], 'p5b2.dip.isp.example'],
  [['p5b2.dip.isp.example, 10.0.0.1'], '10.0.0.1'],
  [['-'], undefined],
  [['unknown'], undefined],
  [['not a name'], undefined],
  [[undefined], undefined],
  [[], undefined],
])('the client of %j is %s', (lists, client) => {
  expect(clientInLists(lists)).toBe(client);
});

test.each([
  ['8.8.8.8', true],
  ['8.8.8.8, 10.0.0.1', true],
  ['unknown, 8.8.8.8', true],
  ['-', false],
  ['unknown', false],
  ['', false],
  ['0.002', false],
  ['Mozilla/5.0', false],
  ['8.8.8.8, shop.example', false],
])('%j is a list of addresses: %s', (text, isOne) => {
  expect(isAddressList(text)).toBe(isOne);
});

test('a client never holds a comma, whatever the list', () => {
  const entry = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.constantFrom('unknown', '-', ' '));
  fc.assert(
    fc.property(fc.array(entry), (all) => {
      expect(clientInLists([all.join(','), all.join(', ')]) ?? '').not.toMatch(/[,\s]/);
    }),
  );
});
