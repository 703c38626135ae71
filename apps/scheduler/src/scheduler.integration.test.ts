import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listChores } from '@footfall/jobs/chore-state';
import { startEmbeddedPostgres } from '@footfall/postgres/embedded';
import { connectPool } from '@footfall/postgres/pool';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Chore } from './chore.ts';
import {
  chore,
  EVERY_MINUTE,
  freshPlace,
  type LogEntry,
  makeDue,
  type Place,
  prepareAt,
  type Started,
  schedulerAt,
} from './schedulers.fixture.ts';

const HANGING = fileURLToPath(new URL('./hanging.fixture.ts', import.meta.url));

let place: Place;
beforeAll(async () => {
  place = await freshPlace();
  await place.pool.query('CREATE TABLE run (id serial, chore text, who text)');
  // Schedulers write to it as their role, which owns nothing.
  await place.pool.query('GRANT ALL ON run, run_id_seq TO PUBLIC');
});
afterEach(async () => {
  await place.reset();
  await place.pool.query('DELETE FROM run');
});
afterAll(() => place.drop());

/** Writes down that it ran, and for whom. */
const noting =
  (who: string): Chore['run'] =>
  ({ pool }) =>
    pool.query(`INSERT INTO run (chore, who) VALUES ('note', $1)`, [who]);

async function runs(): Promise<string[]> {
  const { rows } = await place.pool.query<{ who: string }>('SELECT who FROM run ORDER BY id');
  return rows.map(({ who }) => who);
}

/** Times at which the schedules were looked through, by whichever scheduler. */
async function lookedThrough(): Promise<string | undefined> {
  const { rows } = await place.pool.query<{ at: string }>('SELECT cron_on::text AS at FROM pgboss.version');
  return rows[0]?.at;
}

/** Waits until the schedules have been looked through so many times more. */
async function looks(times: number): Promise<void> {
  for (let left = times; left > 0; left -= 1) {
    const before = await lookedThrough();
    await expect.poll(lookedThrough).not.toBe(before);
  }
}

/** Starts a scheduler, and has its chores be due once it works. */
async function startDue(chores: readonly Chore[]): Promise<Started> {
  const scheduler = place.start(chores);
  await expect.poll(() => scheduler.working().then(() => true)).toBe(true);
  await makeDue(place.pool);
  return scheduler;
}

const states = async () => new Map((await listChores(place.pool)).map((state) => [state.name, state]));
const readState = async (name: string) => (await states()).get(name);

describe('a chore that is due', () => {
  test('is done once, with two schedulers on the database', async () => {
    for (const who of ['one', 'two']) place.start([chore('note', noting(who), { cron: EVERY_MINUTE })]);
    await expect.poll(runs).not.toEqual([]);
    await looks(4);
    // A minute may have passed meanwhile: then it was due twice.
    const due = async () =>
      (
        await place.pool.query(
          `SELECT DISTINCT singleton_on FROM pgboss.job WHERE name = '__pgboss__send-it'`,
        )
      ).rowCount;
    await expect.poll(async () => (await runs()).length - ((await due()) ?? 0)).toBe(0);
    expect(await due()).toBeLessThanOrEqual(2);
  });

  test('is recorded, and counted in the metrics', async () => {
    const scheduler = await startDue([chore('note', noting('one'))]);
    await expect
      .poll(() => readState('note'))
      .toMatchObject({
        failures: 0,
        error: null,
        failedAt: null,
        succeededAt: expect.any(Number),
      });
    const { startedAt, dueAt } = (await readState('note')) ?? expect.fail('there is no such chore');
    expect(startedAt).toBeLessThanOrEqual(Date.now());
    expect(dueAt % 60_000).toBe(0);
    expect(dueAt).toBeGreaterThan(startedAt ?? 0);
    const metrics = await scheduler.metrics();
    expect(metrics).toMatch(/^footfall_chore_runs_total\{chore="note",outcome="succeeded"\} 1$/m);
    expect(metrics).toMatch(/^footfall_chore_runs_total\{chore="note",outcome="failed"\} 0$/m);
    expect(metrics).toMatch(/^footfall_chore_duration_seconds_count\{chore="note"\} 1$/m);
  });

  test('is done once after a time in which no scheduler ran', async () => {
    const first = place.start([chore('note', noting('one'))]);
    await expect.poll(lookedThrough).not.toBeNull();
    await first.stop();
    expect(await runs()).toEqual([]);
    await makeDue(place.pool);
    place.start([chore('note', noting('two'))]);
    await expect.poll(runs).toEqual(['two']);
    await looks(2);
    expect(await runs()).toEqual(['two']);
  });

  test('waits, while another one runs for long', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const long = chore('long', async () => {
      begun.resolve();
      await end.promise;
    });
    await startDue([long, chore('note', noting('beside'))]);
    await begun.promise;
    await expect.poll(runs).toContain('beside');
    end.resolve();
    await expect.poll(async () => (await readState('long'))?.succeededAt).not.toBeNull();
  });

  test('is forgotten with its row of the table', async () => {
    const old = place.start([chore('note', noting('old')), chore('gone', noting('gone'))]);
    await expect.poll(async () => [...(await states()).keys()]).toEqual(['gone', 'note']);
    await old.stop();
    const next = place.start([chore('note', noting('new'))]);
    await expect.poll(async () => [...(await states()).keys()]).toEqual(['note']);
    await expect.poll(() => next.working().then(() => true)).toBe(true);
    const { rows } = await place.pool.query('SELECT name FROM pgboss.schedule');
    expect(rows).toEqual([{ name: 'note' }]);
  });
});

describe('a chore that fails', () => {
  /** The wait that pg-boss has set before the next attempt, seconds; null while it does not wait for one. */
  async function secondsToWait(name: string): Promise<number | null> {
    const { rows } = await place.pool.query<{ seconds: number }>(
      `SELECT extract(epoch FROM start_after - now())::float8 AS seconds FROM pgboss.job WHERE name = $1 AND state = 'retry'`,
      [name],
    );
    return rows[0]?.seconds ?? null;
  }

  test('is tried again with growing waits, and is well after it succeeded', async () => {
    let attempts = 0;
    const waits: (number | null)[] = [];
    const failing = chore('flaky', async () => {
      attempts += 1;
      if (attempts <= 2) throw new Error(`no luck, attempt ${attempts}`);
    });
    const scheduler = await startDue([failing]);
    for (const attempt of [1, 2]) {
      await expect.poll(async () => (await readState('flaky'))?.failures).toBe(attempt);
      expect((await readState('flaky'))?.error).toBe(`no luck, attempt ${attempt}`);
      await expect.poll(() => secondsToWait('flaky')).not.toBeNull();
      waits.push(await secondsToWait('flaky'));
    }
    await expect
      .poll(() => readState('flaky'))
      .toMatchObject({ failures: 0, error: null, failedAt: expect.any(Number) });
    expect(attempts).toBe(3);
    // 1 to 2 s, then 2 to 4 s, of which the looks took a part.
    expect(waits[0]).toBeLessThanOrEqual(2);
    expect(waits[1]).toBeGreaterThan(waits[0] ?? 0);
    const failures = scheduler.log.filter(({ level }: LogEntry) => level === 'error');
    expect(failures.map(({ fields }) => [fields.chore, (fields.err as Error).message])).toEqual([
      ['flaky', 'no luck, attempt 1'],
      ['flaky', 'no luck, attempt 2'],
    ]);
    expect(await scheduler.metrics()).toMatch(
      /^footfall_chore_runs_total\{chore="flaky",outcome="failed"\} 2$/m,
    );
  });

  test('is told that its time is up, and tried again', async () => {
    const aborted: boolean[] = [];
    const slow = chore(
      'slow',
      async (_, { signal }) => {
        if (aborted.length > 0) return;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        aborted.push(signal.aborted);
      },
      { timeoutSeconds: 1 },
    );
    await startDue([slow]);
    await expect.poll(async () => (await readState('slow'))?.succeededAt).not.toBeNull();
    expect(aborted).toEqual([true]);
  });
});

/** As {@link makeDue}, on another database. */
async function due(url: string): Promise<void> {
  const pool = connectPool(url, { name: 'test', max: 1 });
  await makeDue(pool).finally(() => pool.end());
}

describe('an end that nobody planned', () => {
  test('a scheduler that is killed in a chore leaves it to another', async () => {
    const killed = fork(HANGING, [place.url, 'note'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    await once(killed, 'message');
    const begun = once(killed, 'message');
    await makeDue(place.pool);
    await begun;
    const other = place.start([chore('note', noting('other'))]);
    await expect.poll(() => other.working().then(() => true)).toBe(true);
    expect(await runs()).toEqual(['killed']);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    await expect.poll(runs, { timeout: 40_000 }).toEqual(['killed', 'other']);
  });

  test('without Postgres it waits, says so, and goes on', { timeout: 120_000 }, async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-scheduler-'));
    const settings = { dataDir, password: 'test' };
    let postgres = await startEmbeddedPostgres(settings);
    const { url, port } = postgres;
    await prepareAt(url);
    await postgres.stop();
    let done = 0;
    const scheduler = schedulerAt(url, [
      chore('count', async ({ pool }) => {
        await pool.query('SELECT 1');
        done += 1;
      }),
    ]);
    try {
      await expect
        .poll(() => scheduler.working().catch((error: Error) => error.message))
        .toMatch(/ECONNREFUSED/);
      postgres = await startEmbeddedPostgres({ ...settings, port });
      await expect
        .poll(() =>
          scheduler.working().then(
            () => true,
            () => false,
          ),
        )
        .toBe(true);
      await due(url);
      await expect.poll(() => done).toBe(1);

      await postgres.stop();
      await expect
        .poll(() => scheduler.log.map(({ message }) => message))
        .toContain('chores wait for the database');
      // What is not the database's is answered on.
      expect(await scheduler.metrics()).toContain('footfall_chore_runs_total');
      postgres = await startEmbeddedPostgres({ ...settings, port });
      await due(url);
      await expect.poll(() => done).toBe(2);
    } finally {
      await scheduler.stop();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});

describe('a stop', () => {
  test('waits for the chore in hand', async () => {
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const events: string[] = [];
    const scheduler = await startDue([
      chore('long', async () => {
        begun.resolve();
        await end.promise;
        events.push('done');
      }),
    ]);
    await begun.promise;
    const stopped = scheduler.stop().then(() => events.push('stopped'));
    end.resolve();
    await stopped;
    expect(events).toEqual(['done', 'stopped']);
  });

  test('does not wait for ever: the chore is told, and another scheduler does it', async () => {
    const begun = Promise.withResolvers<AbortSignal>();
    const scheduler = await startDue([
      chore('note', async (_, { signal }) => {
        begun.resolve(signal);
        await new Promise(() => undefined);
      }),
    ]);
    const signal = await begun.promise;
    expect(signal.aborted).toBe(false);
    await scheduler.stop(1_000);
    expect(signal.aborted).toBe(true);
    place.start([chore('note', noting('other'))]);
    await expect.poll(runs, { timeout: 40_000 }).toEqual(['other']);
  });

  test('while it has not begun yet ends it', async () => {
    const scheduler = schedulerAt('postgres://nobody:x@127.0.0.1:1/none', [chore('note', noting('never'))]);
    await expect
      .poll(() => scheduler.working().catch((error: Error) => error.message))
      .toMatch(/ECONNREFUSED/);
    await scheduler.stop();
  });
});
