import { nextDue } from '@footfall/jobs/job-queue';
import { describe, expect, test } from 'vitest';
import { CHORES } from './chores.ts';

test('each chore has a name of its own, which a queue can have', () => {
  const names = CHORES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z-]*[a-z]$/);
});

describe.each(CHORES)('$name', ({ cron, timeoutSeconds, retries, retrySeconds, what }) => {
  test('is due again and again', () => {
    const first = nextDue(cron, new Date('2026-01-05T10:00:00Z'));
    expect(first.getTime()).toBeGreaterThan(Date.parse('2026-01-05T10:00:00Z'));
    expect(nextDue(cron, first).getTime()).toBeGreaterThan(first.getTime());
  });

  test('says what it does in one line', () => expect(what).toMatch(/^[a-z][^\n.]{10,120}$/));

  test('is tried again after a failure, and ends at some time', () => {
    expect(retries).toBeGreaterThanOrEqual(1);
    expect(retrySeconds).toBeGreaterThanOrEqual(1);
    expect(timeoutSeconds).toBeGreaterThanOrEqual(10);
  });
});
