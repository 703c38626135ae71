import type { ChoreStatus } from '@footfall/jobs/status';
import { expect, test } from 'vitest';
import { choreReport, choreText } from './chore-report.ts';

const WELL: ChoreStatus = {
  name: 'destroy-salts',
  cron: '*/10 * * * *',
  state: 'ok',
  dueAt: Date.parse('2026-01-05T10:10:00Z'),
  startedAt: Date.parse('2026-01-05T10:00:03Z'),
  succeededAt: Date.parse('2026-01-05T10:00:04Z'),
  failedAt: null,
  failures: 0,
  error: null,
  waiting: 0,
  running: 0,
};

test('a chore is told with its last run, its last success and its next run', () => {
  expect(choreReport(WELL)).toEqual({
    name: 'destroy-salts',
    state: 'ok',
    last_run: '2026-01-05T10:00:03.000Z',
    last_success: '2026-01-05T10:00:04.000Z',
    next_run: '2026-01-05T10:10:00.000Z',
    failures: 0,
    error: null,
    waiting: 0,
    running: 0,
  });
});

test.each<[string, Partial<ChoreStatus>, string]>([
  ['well', {}, 'ok      last done 2026-01-05T10:00:04.000Z, next 2026-01-05T10:10:00.000Z'],
  ['new', { startedAt: null, succeededAt: null }, 'ok      not done yet, next 2026-01-05T10:10:00.000Z'],
  [
    'failing',
    { state: 'behind', failures: 1, error: 'the disk is full' },
    'behind  last done 2026-01-05T10:00:04.000Z, next 2026-01-05T10:10:00.000Z; failed once: the disk is full',
  ],
  [
    'failing again and again',
    { state: 'behind', failures: 3, error: 'the disk is full' },
    'behind  last done 2026-01-05T10:00:04.000Z, next 2026-01-05T10:10:00.000Z; failed 3 times: the disk is full',
  ],
])('one that is %s is one line', (_, change, line) => {
  const text = choreText(choreReport({ ...WELL, ...change }));
  expect(text).toBe(`chore         destroy-salts               ${line}`);
});
