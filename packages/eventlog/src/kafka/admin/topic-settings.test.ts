import { expect, test } from 'vitest';
import { satisfies, topicSettings } from './topic-settings.ts';

const setting = (name: string, replication = 1) =>
  topicSettings(replication).find((one) => one.name === name) ?? { name, value: '', atLeast: false };

test.each([
  ['retention.ms', '604800000', false],
  ['retention.ms', '2592000000', true],
  ['retention.ms', '9999999999', true],
  // For ever.
  ['retention.ms', '-1', true],
  ['max.message.bytes', '1048588', false],
  ['max.message.bytes', '8388608', true],
  ['cleanup.policy', 'delete', true],
  ['cleanup.policy', 'compact', false],
  ['compression.type', 'zstd', false],
  ['compression.type', undefined, false],
])('%s = %s: %s', (name, value, satisfied) => {
  expect(satisfies(value, setting(name))).toBe(satisfied);
});

test.each([
  [1, '1'],
  [2, '1'],
  [3, '2'],
  [5, '2'],
])('of %i copies %s must have an append before it is answered', (replication, copies) => {
  expect(setting('min.insync.replicas', replication).value).toBe(copies);
});
