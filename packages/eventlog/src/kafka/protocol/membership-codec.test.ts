import { AssignerProtocol } from 'kafkajs';
import { expect, test } from 'vitest';
import { decodeAssignment, decodeMember, encodeAssignment, encodeMember } from './membership-codec.ts';

const partitions = [
  { stream: 'shop.eu.hits', partition: 0 },
  { stream: 'shop.eu.hits', partition: 11 },
  { stream: 'touched', partition: 3 },
];

test('what a member says of itself comes to the leader', () => {
  const member = { streams: ['shop.eu.hits', 'touched'], holds: partitions, generation: 7 };
  expect(decodeMember('m', encodeMember(member))).toEqual({ id: 'm', ...member });
  const fresh = { streams: ['touched'], holds: [], generation: -1 };
  expect(decodeMember('m', encodeMember(fresh))).toEqual({ id: 'm', ...fresh });
});

test.each([
  ['less', {}, { holds: [], generation: -1 }],
  ['more', { generation: 7, holds: { touched: [3] }, rack: 'a' }, { holds: [partitions[2]], generation: 7 }],
])('a member of another version may say %s of itself', (_, said, understood) => {
  const userData = Buffer.from(JSON.stringify(said));
  const metadata = AssignerProtocol.MemberMetadata.encode({ version: 1, topics: ['touched'], userData });
  expect(decodeMember('m', metadata)).toEqual({ id: 'm', streams: ['touched'], ...understood });
});

test('what the leader decides comes to each member', () => {
  const told = encodeAssignment(
    new Map([
      ['one', partitions],
      ['two', []],
    ]),
  );
  expect(told.map(({ memberId }) => memberId)).toEqual(['one', 'two']);
  expect(told.map(({ memberAssignment }) => decodeAssignment(memberAssignment))).toEqual([partitions, []]);
  // Of a leader that had nothing to say, or a group that ended meanwhile.
  expect(decodeAssignment(Buffer.alloc(0))).toEqual([]);
});
