import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiKeyUse } from './api-key-use.ts';

const DAY_MS = 86_400_000;
let now = 10 * DAY_MS;
const record = vi.fn<(ids: string[]) => Promise<void>>();
let use: ApiKeyUse;

beforeEach(() => {
  record.mockReset().mockResolvedValue();
  now = 10 * DAY_MS;
  use = new ApiKeyUse({ record, everyMs: DAY_MS, now: () => now });
});
afterEach(() => use.stop());

test('a key is told of once a day, however often it is used', async () => {
  for (let n = 0; n < 5; n += 1) for (const id of ['a', 'b']) use.note(id);
  await use.tell();
  use.note('a');
  await use.tell();
  expect(record.mock.calls).toEqual([[['a', 'b']]]);
  now += DAY_MS;
  use.note('a');
  await use.tell();
  expect(record).toHaveBeenLastCalledWith(['a']);
});

test('what could not be told is told with the next round', async () => {
  record.mockRejectedValueOnce(new Error('away'));
  use.note('a');
  await use.tell();
  await use.tell();
  await use.tell();
  expect(record.mock.calls).toEqual([[['a']], [['a']]]);
});

test('what was noted is told before it stops', async () => {
  use.note('a');
  await use.stop();
  expect(record).toHaveBeenCalledExactlyOnceWith(['a']);
});
