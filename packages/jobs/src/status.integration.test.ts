import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  choreFailed,
  choreStarted,
  choreSucceeded,
  isBehind,
  listChores,
  registerChores,
} from './chore-state.ts';
import { openJobQueue, type RecurringJob } from './job-queue.ts';
import { JOBS } from './provision.ts';
import { queueStates } from './queue-state.ts';
import { choreStatuses } from './status.ts';

const MINUTE = 60_000;
const now = Date.now();
const soon = new Date(now + MINUTE);
const later = new Date(now + 10 * MINUTE);

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await freshDatabase();
  await JOBS.prepare(database.url);
  pool = connectPool(database.url, { name: 'test' });
});
beforeEach(() => registerChores(pool, []));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const register = (name: string, { cron = '* * * * *', dueAt = soon } = {}) =>
  registerChores(pool, [{ name, cron, dueAt }]);
const only = async () => (await listChores(pool))[0] ?? expect.fail('there is no chore');

describe('what is kept of a chore', () => {
  test('begins with nothing but when it is due', async () => {
    await register('wash');
    expect(await only()).toEqual({
      name: 'wash',
      cron: '* * * * *',
      dueAt: soon.getTime(),
      startedAt: null,
      succeededAt: null,
      failedAt: null,
      failures: 0,
      error: null,
    });
  });

  test('stays when it is made known again; another schedule is due at another time', async () => {
    await register('wash', { dueAt: soon });
    await choreFailed(pool, 'wash', 'no water');
    await register('wash', { dueAt: later });
    expect(await only()).toMatchObject({ dueAt: soon.getTime(), failures: 1 });
    await register('wash', { dueAt: later, cron: '5 * * * *' });
    expect(await only()).toMatchObject({ dueAt: later.getTime(), cron: '5 * * * *', failures: 1 });
  });

  test('goes with the chore', async () => {
    await register('wash');
    await register('dry');
    expect((await listChores(pool)).map(({ name }) => name)).toEqual(['dry']);
  });

  test('counts failures, keeps the last cause, and forgets both with a success', async () => {
    await register('wash');
    await choreStarted(pool, 'wash');
    for (const cause of ['no water', 'no soap']) await choreFailed(pool, 'wash', cause);
    const failed = await only();
    expect(failed).toMatchObject({ failures: 2, error: 'no soap', succeededAt: null });
    expect(failed.failedAt).toBeGreaterThanOrEqual(failed.startedAt ?? Number.POSITIVE_INFINITY);
    await choreSucceeded(pool, 'wash', later);
    expect(await only()).toMatchObject({ failures: 0, error: null, dueAt: later.getTime() });
    expect((await only()).succeededAt).not.toBeNull();
  });
});

describe('a chore is behind', () => {
  test.each([
    ['when it has failed', { failures: 1, dueAt: now + MINUTE }, true],
    ['when it is due for more than five minutes', { failures: 0, dueAt: now - 5 * MINUTE - 1 }, true],
    ['not while schedulers may be about to begin it', { failures: 0, dueAt: now - 5 * MINUTE }, false],
    ['not before it is due', { failures: 0, dueAt: now + MINUTE }, false],
  ])('%s', (_, chore, behind) => expect(isBehind(chore, now)).toBe(behind));
});

describe('status', () => {
  const JOB: RecurringJob = {
    name: 'wash',
    cron: '0 0 1 1 *',
    timeoutSeconds: 60,
    retries: 0,
    retrySeconds: 1,
  };

  /** Puts a job into the queue that is in a state. */
  async function putJob(state: string): Promise<void> {
    await pool.query(
      `INSERT INTO pgboss.job (name, state, policy, start_after) VALUES ('wash', $1, 'exclusive', now() - interval '90 seconds')`,
      [state],
    );
  }

  beforeAll(async () => {
    const queue = openJobQueue(pool, {
      onError: (error) => {
        throw error;
      },
    });
    await queue.start();
    await queue.repeat(JOB, async () => undefined);
    await queue.stop(1_000);
  });
  beforeEach(async () => {
    await pool.query('DELETE FROM pgboss.job');
    await register('wash');
  });

  test.each([
    ['created', { waiting: 1, running: 0, state: 'ok' }],
    ['retry', { waiting: 1, running: 0, state: 'ok' }],
    ['active', { waiting: 0, running: 1, state: 'running' }],
    ['completed', { waiting: 0, running: 0, state: 'ok' }],
    ['failed', { waiting: 0, running: 0, state: 'ok' }],
  ])('counts a job that is %s', async (state, expected) => {
    await putJob(state);
    expect(await choreStatuses(pool, now)).toMatchObject([{ name: 'wash', ...expected }]);
  });

  test('a failed one is behind, also while it runs again', async () => {
    await choreFailed(pool, 'wash', 'no water');
    await putJob('active');
    expect(await choreStatuses(pool, now)).toMatchObject([
      { state: 'behind', running: 1, error: 'no water' },
    ]);
  });

  test('tells for how long the oldest job waits that might run, and not of queues of the library', async () => {
    await putJob('created');
    const [state, ...others] = await queueStates(pool);
    expect(others).toEqual([]);
    expect(state).toMatchObject({ name: 'wash', waiting: 1 });
    expect(state?.oldestWaitingSeconds).toBeGreaterThanOrEqual(90);
    expect(state?.oldestWaitingSeconds).toBeLessThan(900);
    await pool.query(`UPDATE pgboss.job SET start_after = now() + interval '1 hour'`);
    expect((await queueStates(pool))[0]?.oldestWaitingSeconds).toBe(0);
  });
});
