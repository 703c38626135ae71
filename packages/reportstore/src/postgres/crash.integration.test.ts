import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshDatabase, type TestDatabase } from '@footfall/testkit/database';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  ask,
  DAY,
  newSite,
  readState,
  rolledUp,
  row,
  sealDay,
  totals,
  visitorDay,
} from '../contract.fixture.ts';
import { fact } from '../facts.fixture.ts';
import { openReportStore, prepareReportStore } from '../open.ts';
import type { ReportStore } from '../report-store.ts';

const CHILD = fileURLToPath(new URL('sealing-child.fixture.ts', import.meta.url));
const OTHER_DAY = '2026-03-30';

let database: TestDatabase;
let client: pg.Client;
/** Holds the locks: a transaction would not see what others wait for. */
let holder: pg.Client;
let filesDir: string;
let store: ReportStore;
beforeAll(async () => {
  filesDir = await mkdtemp(path.join(tmpdir(), 'footfall-test-crash-'));
  database = await freshDatabase();
  await prepareReportStore(database.url);
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  store = openReportStore(database.url, { name: 'test', filesDir });
});
afterAll(async () => {
  await store.close();
  await client.end();
  await holder.end();
  await database.drop();
  await rm(filesDir, { recursive: true, force: true });
});

/** A process that seals, and what it has said so far. */
type Child = { process: ChildProcess; said: () => string };

function startSealing(siteId: string, version: number, how: 'hang' | 'go on'): Child {
  const args = [CHILD, database.url, filesDir, siteId, DAY, String(version), how];
  const process_ = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  process_.stdout.on('data', (text) => {
    said += String(text);
  });
  return { process: process_, said: () => said };
}

async function kill(child: Child): Promise<void> {
  const ended = once(child.process, 'exit');
  child.process.kill('SIGKILL');
  await ended;
}

const generationFolder = (siteId: string) => path.join(filesDir, siteId, '1');
const listFiles = async (siteId: string) => (await readdir(generationFolder(siteId))).sort();

/** Whether the child waits for a lock that we hold. */
const isWaiting = async () =>
  (
    await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE application_name = 'footfall-sealing-child' AND wait_event_type = 'Lock'`,
    )
  ).rowCount === 1;

const eventually = (what: () => unknown) => expect.poll(what, { timeout: 30_000 });

const counted = (visitors: number) => [row([], { visitors, visits: visitors, events: visitors })];

/** A day with one visitor in a file, two more waiting to be sealed, and its neighbour in the same file. */
async function changedSite(): Promise<{ siteId: string; version: number }> {
  const siteId = newSite();
  await store.replaceVisitorDays([visitorDay(siteId), visitorDay(siteId, { day: OTHER_DAY })]);
  for (const day of [DAY, OTHER_DAY]) await sealDay(store, await readState(store, siteId, day), [[fact()]]);
  await store.touchDays([{ siteId, generation: 1, day: DAY, receivedAt: 1 }]);
  return { siteId, version: (await readState(store, siteId)).version };
}

async function expectVisitors(siteId: string, visitors: number): Promise<void> {
  for (const query of [totals(siteId), rolledUp(siteId)])
    expect(await ask(store, query)).toEqual(counted(visitors));
  const neighbour = [{ from: OTHER_DAY, to: OTHER_DAY }];
  expect(await ask(store, totals(siteId, { days: neighbour }))).toEqual(counted(1));
  expect(await ask(store, rolledUp(siteId, { days: neighbour }))).toEqual(counted(1));
}

/** Seals once more, as a later round does; the dead process' lock goes with its connection. */
async function sealAgain(siteId: string, version: number): Promise<void> {
  const state = { siteId, generation: 1, day: DAY, version };
  await eventually(() => sealDay(store, state, [[fact()], [fact()]])).toBe(true);
  expect(await readState(store, siteId)).toMatchObject({ version, sealedVersion: version, dirtySince: null });
  await expectVisitors(siteId, 2);
}

/** Steps at which a sealing process is stopped, and what it takes to stop it there. */
const STEPS = [
  {
    step: 'while it reads the facts',
    how: 'hang',
    lock: null,
    isThere: async (child: Child) => child.said() === 'reading\n',
  },
  {
    step: 'with all files in place and nothing said of it',
    how: 'go on',
    lock: 'reportstore.day_state',
    isThere: isWaiting,
  },
  {
    step: 'with all rows changed and nothing committed',
    how: 'go on',
    lock: 'reportstore.superseded_file',
    isThere: isWaiting,
  },
] as const;

test.each(STEPS)('a process killed $step leaves what was there before', async ({ how, lock, isThere }) => {
  const { siteId, version } = await changedSite();
  const before = await listFiles(siteId);
  if (lock !== null) await holder.query(`BEGIN; LOCK TABLE ${lock} IN ACCESS EXCLUSIVE MODE`);
  const child = startSealing(siteId, version, how);
  try {
    await eventually(() => isThere(child)).toBe(true);
    if (lock !== null) expect(await listFiles(siteId)).toHaveLength(before.length + 3);
  } finally {
    await kill(child);
    if (lock !== null) await holder.query('ROLLBACK');
  }
  await expectVisitors(siteId, 1);
  expect(await readState(store, siteId)).toMatchObject({
    version,
    sealedVersion: version - 1,
    dirtySince: 1,
  });
  await sealAgain(siteId, version);
});

test('a process killed when it has sealed has sealed', async () => {
  const { siteId, version } = await changedSite();
  const child = startSealing(siteId, version, 'go on');
  try {
    await eventually(child.said).toBe('reading\nsealed\n');
  } finally {
    await kill(child);
  }
  await expectVisitors(siteId, 2);
  expect(await readState(store, siteId)).toMatchObject({ version, sealedVersion: version, dirtySince: null });
});
