import { connectPool, type Pool } from '@footfall/postgres/pool';
import { freshDatabase } from '@footfall/testkit/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listChores, registerChores } from './chore-state.ts';
import { openJobQueue } from './job-queue.ts';
import { JOBS } from './provision.ts';
import { forgetLaterTimes } from './set-back.ts';

const JOB = { name: 'wash', cron: '* * * * *', timeoutSeconds: 60, retries: 3, retrySeconds: 1 };

let pool: Pool;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await JOBS.prepare(database.url);
  pool = connectPool(database.url, { name: 'test' });
});
afterAll(async () => {
  await pool.end();
  await drop();
});

const openQueue = () =>
  openJobQueue(pool, {
    onError: (error) => expect(error).toBeUndefined(),
    pace: { poll: 0.5, cron: 1, supervise: 1 },
  });

/** Leaves what the queue has noted as it were if the clock had been a day ahead. */
async function wasADayAhead(state: string): Promise<void> {
  await pool.query('DELETE FROM pgboss.job');
  await pool.query(
    `INSERT INTO pgboss.job (name, state, policy, start_after, started_on, heartbeat_on, heartbeat_seconds, expire_seconds)
     VALUES ('wash', $1, 'exclusive', now() + interval '1 day', now() + interval '1 day', now() + interval '1 day', 10, 60)`,
    [state],
  );
  await pool.query(`UPDATE pgboss.version SET cron_on = now() + interval '1 day'`);
  await pool.query(
    `UPDATE pgboss.queue SET monitor_claim_on = now() + interval '1 day', maintain_on = now() + interval '1 day'`,
  );
}

test.each(['created', 'retry', 'active'])(
  'a chore is done again soon whose job was %s when the clock was a day ahead',
  async (state) => {
    const before = openQueue();
    await before.start();
    await before.repeat(JOB, async () => undefined);
    await before.stop(1_000);
    await wasADayAhead(state);
    await forgetLaterTimes(pool);
    const { rows } = await pool.query(
      `SELECT 1 FROM pgboss.version WHERE cron_on > now() UNION ALL
       SELECT 1 FROM pgboss.queue WHERE greatest(monitor_claim_on, monitor_on, maintain_on) > now() + interval '1 minute'`,
    );
    expect(rows).toEqual([]);
    const queue = openQueue();
    let runs = 0;
    await queue.start();
    await queue.repeat(JOB, async () => {
      runs += 1;
    });
    // One that was active is missed for ten seconds first.
    await expect.poll(() => runs, { timeout: 60_000 }).toBeGreaterThan(0);
    await queue.stop(1_000);
  },
);

test('a chore that was noted as due while the clock was ahead is due by its schedule', async () => {
  const [right, ahead] = [new Date('2026-05-04T12:00:00Z'), new Date('2036-05-04T12:00:00Z')];
  await registerChores(pool, [{ name: 'dry', cron: '0 * * * *', dueAt: ahead }]);
  await registerChores(pool, [{ name: 'dry', cron: '0 * * * *', dueAt: right }]);
  expect((await listChores(pool)).map(({ dueAt }) => dueAt)).toEqual([right.getTime()]);
  await registerChores(pool, [{ name: 'dry', cron: '0 * * * *', dueAt: ahead }]);
  expect((await listChores(pool)).map(({ dueAt }) => dueAt)).toEqual([right.getTime()]);
});
