import { expect, test } from 'vitest';
import { identifier, importKey, occurrences } from './identity.ts';

const whose = (more = {}) => ({
  key: importKey('a secret'),
  siteId: 'site_1',
  timezone: 'Asia/Tokyo',
  format: 'combined',
  ...more,
});
const EVENT = {
  name: 'pageview',
  timestamp: Date.parse('2026-01-05T14:59:59Z'),
  ip: '203.0.113.7',
  user_agent: 'A',
};
const assignIds = (texts: string[], more = {}) => {
  const identify = identifier(whose(more));
  return texts.map((text) => identify(EVENT, { text, identity: undefined }).id);
};

test('equal lines of one file are two, the same lines of another file are the same', () => {
  const [first, second, third] = assignIds(['x', 'y', 'x']);
  expect(new Set([first, second, third]).size).toBe(3);
  expect(assignIds(['y', 'x', 'x'])).toEqual([second, first, third]);
});

test('another site, format or secret makes other ids', () => {
  const ids = [{}, { siteId: 'site_2' }, { format: 'csv' }, { key: importKey('other') }].map(
    (more) => assignIds(['x'], more)[0],
  );
  expect(new Set(ids).size).toBe(4);
});

test('what has an identity of its own is the same however often it comes', () => {
  const identify = identifier(whose());
  const [one, other] = ['a', 'b'].map((text) => identify(EVENT, { text, identity: 'e1' }).id);
  expect(one).toBe(other);
  expect(identify({ ...EVENT, id: 'own' }, { text: 'a', identity: undefined }).id).toBe('own');
});

test('a visitor is address and agent on one local day, and says nothing of either', () => {
  const assignVisitor = (more: object) =>
    identifier(whose())({ ...EVENT, ...more }, { text: 'x', identity: undefined }).visitor;
  const visitor = assignVisitor({});
  expect(visitor).toMatch(/^[\w-]{22}$/);
  expect(assignVisitor({ timestamp: EVENT.timestamp - 3_600_000 })).toBe(visitor);
  expect(assignVisitor({ timestamp: EVENT.timestamp + 1_000 })).not.toBe(visitor);
  // The port is of one connection.
  expect(assignVisitor({ ip: '203.0.113.7:51234' })).toBe(visitor);
  expect(assignVisitor({ ip: '203.0.113.8' })).not.toBe(visitor);
  expect(assignVisitor({ user_agent: 'B' })).not.toBe(visitor);
  expect(assignVisitor({ visitor: 'own' })).toBe('own');
  expect(assignVisitor({ ip: undefined, user_agent: undefined })).toBeUndefined();
});

test('texts are remembered at least as long as said, and memory does not grow', () => {
  const seen = occurrences(3);
  const texts = ['a', 'b', 'a', 'c', 'a', 'd', 'e', 'f', 'g', 'h', 'a'];
  expect(texts.map(seen)).toEqual([0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0]);
});
