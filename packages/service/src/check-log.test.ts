import { expect, test, vi } from 'vitest';
import { createCheckLog } from './check-log.ts';

test('a check that fails is logged once, until the cause changes or it passes', () => {
  const logger = { warn: vi.fn(), info: vi.fn() };
  const hear = createCheckLog(logger as unknown as Parameters<typeof createCheckLog>[0]);
  for (const text of ['refused', 'refused', 'no such table']) hear('database', new Error(text));
  expect(logger.warn).toHaveBeenCalledTimes(2);
  hear('database', null);
  hear('database', null);
  expect(logger.info).toHaveBeenCalledTimes(1);
  hear('database', new Error('no such table'));
  expect(logger.warn).toHaveBeenCalledTimes(3);
});
