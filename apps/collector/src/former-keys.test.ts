import { afterEach, expect, test, vi } from 'vitest';
import { FormerKeys } from './former-keys.ts';

const record = vi.fn<(used: ReadonlyMap<string, number>) => Promise<void>>();
afterEach(() => record.mockReset());

test('what comes in a second is told at once, and what could not be told is told later', async () => {
  const keys = new FormerKeys(record);
  keys.note('ff_a', 2);
  keys.note('ff_a', 3);
  keys.note('ff_b', 1);
  keys.note('ff_c', 0);
  record.mockRejectedValueOnce(new Error('away'));
  await keys.tell();
  keys.note('ff_b', 1);
  record.mockResolvedValue();
  await keys.tell();
  expect(Object.fromEntries(record.mock.lastCall?.[0] ?? [])).toEqual({ ff_a: 5, ff_b: 2 });
  await keys.stop();
  expect(record).toHaveBeenCalledTimes(2);
});
