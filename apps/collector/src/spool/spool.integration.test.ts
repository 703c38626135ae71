import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { RawEvent } from '@footfall/core/raw-event';
import { oldestSpooled, spooledOfSite } from '@footfall/db/count/spool-backlog';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cuttable, startCollector, type TestCollector } from '../collector.fixture.ts';
import { type CollectorProcess, startProcess } from '../collector-process.fixture.ts';

let installation: TestCollector;
let dataDir: string;
/** The way to the log, which the tests cut; the control plane has its own. */
let way: Awaited<ReturnType<typeof cuttable>>;
let running: CollectorProcess[] = [];

beforeAll(async () => {
  installation = await startCollector();
});
afterAll(() => installation.stop());

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'footfall-spool-'));
  way = await cuttable(installation.databaseUrl);
});
afterEach(async () => {
  await Promise.all(running.map((collector) => collector.kill()));
  running = [];
  way.close();
  await rm(dataDir, { recursive: true, force: true });
  await installation.pool.query('TRUNCATE spool CASCADE');
});

async function start(
  variables: Parameters<typeof startProcess>[0] = {},
  shell?: string,
): Promise<CollectorProcess> {
  const given = {
    DATABASE_URL: installation.databaseUrl,
    EVENT_LOG_URL: way.url,
    FOOTFALL_DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    ...variables,
  };
  const collector = await startProcess(given, shell);
  running.push(collector);
  await collector.ready();
  return collector;
}

/** What was answered 202, in the order of the answers; each visitor sends one request after the other. */
type Sender = {
  answered: Map<string, number[]>;
  statuses: number[];
  send(url: string, visitor: string, events?: number): Promise<number>;
};

let sent = 0;
function sender(): Sender {
  const answered = new Map<string, number[]>();
  const statuses: number[] = [];
  const send: Sender['send'] = async (url, visitor, count = 1) => {
    const numbers = Array.from({ length: count }, () => {
      sent += 1;
      return sent;
    });
    const events = numbers.map((n) => ({
      id: `n${n}`,
      name: 'pageview',
      url: `https://shop.example/${n}`,
      title: 'x'.repeat(200),
      visitor,
    }));
    const response = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${installation.keys.ingest}` },
      body: JSON.stringify({ site: installation.site.id, events }),
    });
    statuses.push(response.status);
    if (response.status === 202) answered.set(visitor, [...(answered.get(visitor) ?? []), ...numbers]);
    if (response.status === 503) expect(response.headers.get('retry-after')).toBe('2');
    return response.status;
  };
  return { answered, statuses, send };
}

/** Sends as so many visitors, each without a pause, until it is told to stop. */
function load(sending: Sender, url: () => string, visitors = 8): () => Promise<void> {
  let isOver = false;
  const all = Array.from({ length: visitors }, async (_, visitor) => {
    while (!isOver) {
      // A collector that is killed in the middle answers nothing: such events may be there or not.
      await sending.send(url(), `v${visitor}`).catch(() => new Promise((resolve) => setTimeout(resolve, 50)));
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(all);
  };
}

const total = (answered: ReadonlyMap<string, number[]>) =>
  [...answered.values()].reduce((sum, { length }) => sum + length, 0);

/** Everything that was answered is in the log, and each visitor's events in the order in which they were answered. */
async function expectLogged({ answered }: Sender): Promise<void> {
  const events = await installation.logged<RawEvent>('events');
  const mine = new Set([...answered.values()].flat());
  const order = new Map<string, Set<number>>();
  for (const { id, visitor } of events) {
    const n = Number(id.slice(1));
    if (!mine.has(n)) continue;
    const seen = order.get(visitor) ?? new Set<number>();
    order.set(visitor, seen.add(n));
  }
  // A visitor's id is a hash of who it is: the numbers tell whose it was.
  const byFirst = (lists: Iterable<Iterable<number>>) =>
    Array.from(lists, (list) => [...list]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  expect(byFirst(order.values())).toEqual(byFirst(answered.values()));
}

const spooledSegments = async (slot = 1) =>
  (await readdir(path.join(dataDir, 'spool', String(slot)))).filter((name) => name.endsWith('.spool'));
const isDrained = async (slot = 1) => (await spooledSegments(slot)).length === 0;
const metric = async (url: string, name: string) => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^footfall_collector_${name}(?:{[^}]*})? (\\S+)`, 'm').exec(text)?.[1]);
};
const ready = async (url: string) => {
  const response = await fetch(`${url}/readyz`);
  return {
    status: response.status,
    checks: ((await response.json()) as { checks: Record<string, string> }).checks,
  };
};
const drainedSoon = { timeout: 30_000, interval: 50 };

describe('while the log is away', { timeout: 180_000 }, () => {
  test('everything is taken, counted as spooled, and in the log when it is back; then the log is used again', async () => {
    const { url, stop } = await start();
    const sending = sender();
    await sending.send(url, 'a');
    expect(await isDrained()).toBe(true);
    way.cut();
    const before = Date.now();
    for (let count = 0; count < 20; count += 1)
      expect(await sending.send(url, count % 2 === 0 ? 'a' : 'b', 3)).toBe(202);
    expect(await ready(url)).toMatchObject({
      status: 200,
      checks: { log: expect.stringMatching(/away.*spool.*60/) },
    });
    const spooled = async () => [...(await spooledOfSite(installation.pool, installation.site.id)).values()];
    await expect.poll(spooled).toEqual([60]);
    expect(await oldestSpooled(installation.pool)).toBeGreaterThanOrEqual(before);
    expect(await oldestSpooled(installation.pool)).toBeLessThan(before + 5_000);
    expect([await metric(url, 'spool_records'), await metric(url, 'spooled_records_total')]).toEqual([
      60, 60,
    ]);
    way.mend();
    await expect.poll(async () => (await ready(url)).checks.log, drainedSoon).toBe('ok');
    expect(await sending.send(url, 'a')).toBe(202);
    expect([await isDrained(), await metric(url, 'spooled_records_total')]).toEqual([true, 60]);
    await expectLogged(sending);
    await expect.poll(() => oldestSpooled(installation.pool)).toBeNull();
    expect(await spooled()).toEqual([]);
    expect([await metric(url, 'spool_bytes'), await metric(url, 'spool_drained_records_total')]).toEqual([
      0, 60,
    ]);
    await stop();
  });

  test('away and back under load, again and again: nobody hears of it, and each visitor stays in order', async () => {
    const { url, stop } = await start();
    const sending = sender();
    const over = load(sending, () => url);
    for (let time = 0; time < 3; time += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      way.cut();
      const spooledBefore = await metric(url, 'spooled_records_total');
      await expect
        .poll(() => metric(url, 'spooled_records_total'), drainedSoon)
        .toBeGreaterThan(spooledBefore + 50);
      way.mend();
      await expect.poll(() => isDrained(), drainedSoon).toBe(true);
    }
    await over();
    expect(new Set(sending.statuses)).toEqual(new Set([202]));
    await stop();
    await expectLogged(sending);
  });

  test('what is spooled and what is in the log are together never more than was answered', async () => {
    const { url } = await start();
    const sending = sender();
    const day = async () => (await spooledOfSite(installation.pool, installation.site.id)).values();
    const logged = () => installation.count('events');
    const before = await logged();
    const first = sent;
    const seen: { counted: number; answered: number }[] = [];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        // As the ledger reads: the log first.
        const inLog = (await logged()) - before;
        const inSpool = [...(await day())].reduce((sum, count) => sum + count, 0);
        seen.push({ counted: inLog + inSpool, answered: sent - first });
      }
    })();
    const over = load(sending, () => url, 4);
    for (let time = 0; time < 2 || seen.length <= 50; time += 1) {
      way.cut();
      await expect.poll(() => metric(url, 'spool_records'), drainedSoon).toBeGreaterThan(300);
      way.mend();
      await expect.poll(() => isDrained(), drainedSoon).toBe(true);
    }
    await over();
    isOver = true;
    await watching;
    const notWithdrawn = await metric(url, 'spool_not_withdrawn_total');
    // What was committed in the moment of a cut, its answer lost, comes again through the spool: it is in the log twice, as a retry is.
    const ids = (await installation.logged<RawEvent>('events'))
      .map(({ id }) => id)
      .filter((id) => Number(id.slice(1)) > first);
    const again = ids.length - new Set(ids).size;
    const tooMany = seen.filter(({ counted, answered }) => counted > answered + again);
    // A database that took more than a second to hear of a batch: that is told by a metric, and no fault.
    if (notWithdrawn === 0) expect(tooMany).toEqual([]);
    expect(ids.length - again).toBe(total(sending.answered));
  });

  test('the same Postgres as the control plane: what is known of sites goes on', async () => {
    const { url } = await start({ DATABASE_URL: way.url });
    const sending = sender();
    await sending.send(url, 'a');
    expect((await ready(url)).status).toBe(200);
    way.cut();
    for (let count = 0; count < 5; count += 1) expect(await sending.send(url, 'a')).toBe(202);
    const { status, checks } = await ready(url);
    expect([status, checks.database, checks.log]).toEqual([
      200,
      expect.stringMatching(/away.*memory/),
      expect.stringMatching(/spool/),
    ]);
    way.mend();
    await expect.poll(() => isDrained(), drainedSoon).toBe(true);
    await expectLogged(sending);
  });

  test('without a spool: 503, and not ready', async () => {
    const { url } = await start({ COLLECTOR_SPOOL_MAX_MB: '0' });
    const sending = sender();
    expect(await sending.send(url, 'a')).toBe(202);
    way.cut();
    expect(await sending.send(url, 'a')).toBe(503);
    expect((await ready(url)).status).toBe(503);
    expect(await readdir(dataDir)).not.toContain('spool');
  });
});

describe('a collector that is killed', { timeout: 180_000 }, () => {
  test('in the middle of spooling, several times: all that was answered is there, each visitor in order', async () => {
    let collector = await start();
    const sending = sender();
    // What the site is must be known: the control plane is there all the time.
    way.cut();
    const over = load(sending, () => collector.url, 16);
    for (let kills = 0; kills < 4; kills += 1) {
      const goal = total(sending.answered) + 150;
      await expect.poll(() => total(sending.answered), drainedSoon).toBeGreaterThan(goal);
      await collector.kill();
      collector = await start();
    }
    await expect.poll(() => total(sending.answered), drainedSoon).toBeGreaterThan(700);
    way.mend();
    await expect.poll(() => isDrained(), drainedSoon).toBe(true);
    await over();
    await collector.stop();
    await expectLogged(sending);
  });

  test('in the middle of draining: what was not handed over comes, and what was may come twice', async () => {
    const collector = await start();
    const sending = sender();
    way.cut();
    await Promise.all(
      Array.from({ length: 8 }, (_, visitor) => sending.send(collector.url, `v${visitor}`, 2_000)),
    );
    way.mend();
    await expect
      .poll(() => metric(collector.url, 'spool_drained_records_total'), { ...drainedSoon, interval: 5 })
      .toBeGreaterThan(0);
    await collector.kill();
    const next = await start();
    await expect.poll(() => isDrained(), drainedSoon).toBe(true);
    await next.stop();
    await expectLogged(sending);
  });

  test('and does not come back: another on this machine drains what it left, and says so', async () => {
    const [one, two] = [await start(), await start()];
    const sending = sender();
    way.cut();
    await sending.send(one.url, 'a', 10);
    await sending.send(two.url, 'b', 20);
    const spools = async () =>
      (await installation.pool.query<{ records: number }>('SELECT records FROM spool ORDER BY records')).rows;
    await expect.poll(spools).toEqual([{ records: 10 }, { records: 20 }]);
    await Promise.all([one.kill(), two.kill()]);
    expect(await Promise.all([spooledSegments(1), spooledSegments(2)])).toEqual([
      [expect.any(String)],
      [expect.any(String)],
    ]);
    expect(await spools()).toHaveLength(2);
    way.mend();
    const three = await start();
    await expect
      .poll(async () => [await isDrained(1), await isDrained(2)], drainedSoon)
      .toEqual([true, true]);
    await expectLogged(sending);
    await expect.poll(spools).toEqual([]);
    await three.stop();
  });
});

test('what is still said of folders that are empty is taken back, of its own and of those that nobody has', async () => {
  const [one, two] = [await start(), await start()];
  await Promise.all([one.kill(), two.kill()]);
  const folders = ['1', '2'].map((slot) => path.join(dataDir, 'spool', slot, 'id'));
  for (const id of await Promise.all(folders.map((file) => readFile(file, 'utf8')))) {
    await installation.pool.query(`INSERT INTO spool VALUES ($1, 'host:/spool', 1, 9, now())`, [id]);
  }
  expect(await oldestSpooled(installation.pool)).not.toBeNull();
  await start();
  await expect.poll(() => oldestSpooled(installation.pool), { timeout: 10_000 }).toBeNull();
});

describe('a collector that is stopped', () => {
  test('leaves its spool full, quickly, and a later one drains it', async () => {
    const collector = await start();
    const sending = sender();
    way.cut();
    await sending.send(collector.url, 'a', 50);
    await collector.stop();
    expect(await spooledSegments()).toHaveLength(1);
    way.mend();
    const next = await start();
    expect(await sending.send(next.url, 'a')).toBe(202);
    await expect.poll(() => isDrained(), drainedSoon).toBe(true);
    await expectLogged(sending);
  });
});

test('a collector that is to have no spool drains what it had', async () => {
  const collector = await start();
  const sending = sender();
  way.cut();
  await sending.send(collector.url, 'a', 50);
  await collector.stop();
  way.mend();
  const next = await start({ COLLECTOR_SPOOL_MAX_MB: '0' });
  await expect.poll(() => isDrained(), drainedSoon).toBe(true);
  await expectLogged(sending);
  await next.stop();
});

describe('a disk that is full', () => {
  const run = promisify(execFile);
  let mounted: string | undefined;
  afterEach(async () => {
    await Promise.all(running.map((collector) => collector.kill()));
    running = [];
    if (mounted !== undefined) await run('umount', [mounted]);
    mounted = undefined;
  });

  /** A megabyte for the spool: as a file system of its own, or, where one may not be mounted, as a limit of what a process may write to a file. */
  async function smallDisk(): Promise<{ dataDir: string; shell?: string }> {
    const folder = path.join(dataDir, 'small');
    await mkdir(folder);
    try {
      await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
      mounted = folder;
      return { dataDir: folder };
    } catch {
      // Only root may mount.
      return { dataDir: folder, shell: 'ulimit -f 1000' };
    }
  }

  test('503 and nothing lost; what was answered comes when the log is back', async () => {
    const small = await smallDisk();
    const { url, stop } = await start({ FOOTFALL_DATA_DIR: small.dataDir }, small.shell);
    const sending = sender();
    await sending.send(url, 'a');
    way.cut();
    for (let count = 0; !sending.statuses.includes(503); count += 1)
      await sending.send(url, `v${count % 3}`, 100);
    expect(total(sending.answered)).toBeGreaterThan(500);
    expect((await ready(url)).status).toBe(503);
    const statuses = await Promise.all(
      Array.from({ length: 20 }, (_, visitor) => sending.send(url, `w${visitor}`, 200)),
    );
    expect(new Set(statuses)).toEqual(new Set([503]));
    way.mend();
    await expect.poll(() => metric(url, 'spool_bytes'), drainedSoon).toBe(0);
    expect(await sending.send(url, 'v0')).toBe(202);
    expect((await ready(url)).status).toBe(200);
    await stop();
    await expectLogged(sending);
    const refused = sending.statuses.filter((status) => status === 503).length;
    expect(refused).toBeGreaterThan(20);
  });
});

test('a data folder that cannot be written is one line that names it', async () => {
  const file = path.join(dataDir, 'file');
  await writeFile(file, '');
  const collector = await startProcess({
    DATABASE_URL: installation.databaseUrl,
    FOOTFALL_DATA_DIR: file,
  });
  expect([await collector.exit, await collector.stderr]).toEqual([1, '']);
  const last = (await collector.stdout).trim().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({
    level: 'fatal',
    msg: expect.stringMatching(/the spool cannot be kept in .*FOOTFALL_DATA_DIR.*COLLECTOR_SPOOL_MAX_MB=0/),
  });
});
