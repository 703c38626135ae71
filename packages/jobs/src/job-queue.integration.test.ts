import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type JobQueue, openJobQueue, type RecurringJob } from './job-queue.ts';
import { JOBS } from './provision.ts';

const QUICK = { poll: 0.5, cron: 1, supervise: 1 };

let database: TestDatabase;
/** Of the superuser who made the tables. */
let owner: Pool;
/** Of the role that schedulers have: it owns none of the tables. */
let scheduler: Pool;
/** Of that role, at work; and what goes wrong in it. */
let queue: JobQueue;
const errors: unknown[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  await JOBS.prepare(database.url);
  owner = connectPool(database.url, { name: 'test' });
  scheduler = connectPool(database.url, { name: 'test', role: 'scheduler' });
  queue = openJobQueue(scheduler, { onError: (error) => errors.push(error), pace: QUICK });
  await queue.start();
});
afterEach(async () => {
  await owner.query('DELETE FROM pgboss.schedule');
  expect(errors).toEqual([]);
});
afterAll(async () => {
  await queue.stop(0);
  await scheduler.end();
  await owner.end();
  await database.drop();
});

/** Due once a year, so that the clock hands nothing on: a test puts jobs into the queue by itself. */
const job = (name: string, change: Partial<RecurringJob> = {}): RecurringJob => ({
  name,
  cron: '0 0 1 1 *',
  timeoutSeconds: 60,
  retries: 2,
  retrySeconds: 1,
  ...change,
});

/** Has a job of the queue wait, as the clock does, with the settings of its queue. */
const putJob = (name: string) =>
  scheduler.query(
    `INSERT INTO pgboss.job (name, policy, retry_limit, retry_delay, expire_seconds)
     SELECT name, policy, retry_limit, 0, expire_seconds FROM pgboss.queue WHERE name = $1`,
    [name],
  );

const readStates = async (name: string) =>
  (await owner.query<{ state: string }>('SELECT state FROM pgboss.job WHERE name = $1', [name])).rows.map(
    ({ state }) => state,
  );

const schedules = async () =>
  (
    await owner.query<{ line: string }>(`SELECT name || ' ' || cron AS line FROM pgboss.schedule ORDER BY 1`)
  ).rows.map(({ line }) => line);

test('the role of schedulers owns nothing here and is not a superuser', async () => {
  const { rows } = await scheduler.query(
    `SELECT rolsuper AS superuser, current_user LIKE '%\\_scheduler' AS scheduler,
       (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned FROM pg_roles r WHERE rolname = current_user`,
  );
  expect(rows).toEqual([{ superuser: false, scheduler: true, owned: 0 }]);
});

describe('a job', () => {
  test('that is said anew has one worker, which does what it is now', async () => {
    const done: string[] = [];
    for (const version of ['old', 'new'])
      await queue.repeat(job('iron'), async () => {
        done.push(version);
      });
    for (let runs = 1; runs <= 4; runs += 1) {
      await putJob('iron');
      await expect.poll(() => readStates('iron')).toEqual(Array.from({ length: runs }, () => 'completed'));
    }
    expect(done).toEqual(['new', 'new', 'new', 'new']);
  });

  test('is done, and its queue has the settings of its row', async () => {
    let attempts = 0;
    await queue.repeat(job('wash', { timeoutSeconds: 90, retries: 4 }), async () => {
      attempts += 1;
    });
    await putJob('wash');
    await expect.poll(() => readStates('wash')).toEqual(['completed']);
    expect(attempts).toBe(1);
    const { rows } = await owner.query(
      `SELECT policy, retry_limit, expire_seconds FROM pgboss.queue WHERE name = 'wash'`,
    );
    expect(rows).toEqual([{ policy: 'exclusive', retry_limit: 4, expire_seconds: 90 }]);
  });

  test('that fails is tried again until it succeeds', async () => {
    let attempts = 0;
    await queue.repeat(job('dry'), async () => {
      attempts += 1;
      if (attempts < 2) throw new Error('no wind');
    });
    await putJob('dry');
    await expect.poll(() => readStates('dry')).toEqual(['completed']);
    expect(attempts).toBe(2);
  });

  test('has one run that waits or goes on, however many are put into its queue', async () => {
    const done = Promise.withResolvers<void>();
    await queue.repeat(job('mend'), () => done.promise);
    await putJob('mend');
    // 23505: there is such a row.
    await expect(putJob('mend')).rejects.toMatchObject({ code: '23505' });
    done.resolve();
    await expect.poll(() => readStates('mend')).toEqual(['completed']);
    await putJob('mend');
  });
});

describe('the schedule of a job', () => {
  test('is replaced by what it is made known with next', async () => {
    await queue.repeat(job('wash'), async () => undefined);
    await queue.repeat(job('wash', { cron: '5 4 * * *' }), async () => undefined);
    expect(await schedules()).toEqual(['wash 5 4 * * *']);
  });

  test('goes when it is not named among those to keep', async () => {
    for (const name of ['wash', 'dry']) await queue.repeat(job(name), async () => undefined);
    await queue.keepOnly(['dry', 'unknown']);
    expect(await schedules()).toEqual(['dry 0 0 1 1 *']);
    await queue.keepOnly([]);
    expect(await schedules()).toEqual([]);
  });
});

describe('rights on the tables of jobs', () => {
  test.each([
    ['commands look at jobs', 'admin', 'SELECT 1 FROM pgboss.job', true],
    ['commands change none', 'admin', 'DELETE FROM pgboss.job', false],
    ['commands look at chores', 'admin', 'SELECT 1 FROM jobs.chore', true],
    ['commands change no chore', 'admin', 'UPDATE jobs.chore SET failures = 0', false],
    ['the portal has nothing to do with jobs', 'web', 'SELECT 1 FROM pgboss.job', false],
    ['nor with chores', 'collector', 'SELECT 1 FROM jobs.chore', false],
    ['schedulers make no tables', 'scheduler', 'CREATE TABLE pgboss.more (n integer)', false],
  ] as const)('%s', async (_why, role, statement, may) => {
    const pool = connectPool(database.url, { name: 'test', max: 1, role });
    const outcome = await pool.query(statement).then(
      () => true,
      ({ code }: { code: string }) => code,
    );
    await pool.end();
    // 42501: permission denied.
    expect(outcome).toBe(may ? true : '42501');
  });
});

// The last one: it ends the queue.
test('an attempt is told when the process stops without waiting for it', async () => {
  const told = Promise.withResolvers<boolean>();
  const begun = Promise.withResolvers<void>();
  await queue.repeat(job('fold'), async (signal) => {
    begun.resolve();
    signal.addEventListener('abort', () => told.resolve(signal.aborted));
    await told.promise;
  });
  await putJob('fold');
  await begun.promise;
  await queue.stop(0);
  expect(await told.promise).toBe(true);
});
