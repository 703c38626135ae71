import { setTimeout as sleep } from 'node:timers/promises';
import { openEventLog } from '@footfall/eventlog/open';
import { findEngine } from '@footfall/testkit/engines';
import type { Installation } from '@footfall/testkit/installation';
import { expect } from '@playwright/test';
import { readConnections } from './support/connections.ts';
import { aroundToday, expectCounted, watchLedger } from './support/counted.ts';
import { newMerchant } from './support/merchant.ts';
import { type Sending, sendAll } from './support/sending.ts';
import { startCollector, startProcessor } from './support/services.ts';
import { type Faults, test } from './support/test.ts';

// What a cluster's engines do to Footfall, on the real ones: in each case so many events are sent, exactly these are counted, and the
// ledger adds up whenever it is looked at.
const VISITORS = 500;
const DAY = 86_400_000;

test.describe.configure({ timeout: 600_000 });

let installation: Installation;
let faults: Faults;
test.beforeAll(async ({ install, faults: wanted }) => {
  test.setTimeout(600_000);
  faults = wanted;
  installation = await install();
});
test.afterAll(() => installation.stop());
test.afterEach(async () => {
  // Whatever failed half-way, the next case finds all engines.
  for (const name of ['kafka', 'cassandra', 'elasticsearch'] as const) await findEngine(name).start();
});

type Load = {
  /** How long events arrive, about as long as the fault lasts; as fast as they are taken when absent. */
  seconds?: number;
  /** Who takes them; the installation's own collector when absent. */
  collectorUrl?: string;
} & Pick<Sending, 'at' | 'note' | 'onRefused'>;

/** Sends under a fault; then everything is there, once. */
async function survives(fault: () => Promise<void>, { seconds, collectorUrl, ...more }: Load = {}) {
  const at = { ...installation, ...(collectorUrl && { collectorUrl }) };
  const { client } = await newMerchant(at);
  const watch = watchLedger(client);
  const { events } = faults;
  const load = { events, visitors: VISITORS, ...(seconds && { perSecond: events / seconds }), ...more };
  const [sent] = await Promise.all([sendAll(client, load), sleep(1_000).then(fault)]);
  await expectCounted(client, events);
  await watch.stop();
  return { client, sent };
}

async function pause(engine: 'kafka' | 'cassandra' | 'elasticsearch', milliseconds: number): Promise<void> {
  await findEngine(engine).stop();
  await sleep(milliseconds);
  await findEngine(engine).start();
}

test('Kafka is away for longer than a session: the spool takes everything and drains', async () => {
  const { longOutageMs } = faults;
  const { sent } = await survives(() => pause('kafka', longOutageMs), { seconds: longOutageMs / 1_000 });
  expect(sent.refusedAtFirst).toBe(0);
});

test('the spool is full while Kafka is away: what does not fit is refused, not lost', async () => {
  const collector = await startCollector(installation, { COLLECTOR_SPOOL_MAX_MB: '1' });
  try {
    // A megabyte is less than these notes, and Kafka stays away until that has shown: how long the log tries before it gives up is its own.
    const refused = Promise.withResolvers<void>();
    const load = {
      seconds: 5,
      note: 'x'.repeat(1_000),
      collectorUrl: collector.url,
      onRefused: refused.resolve,
    };
    const { sent } = await survives(async () => {
      await findEngine('kafka').stop();
      await refused.promise;
      await findEngine('kafka').start();
    }, load);
    expect(sent.refusedAtFirst).toBeGreaterThan(0);
  } finally {
    await collector.stop();
  }
});

test('a broker is killed in the middle of batches and started again', async () => {
  await survives(
    async () => {
      for (let kill = 0; kill < 2; kill += 1) {
        await findEngine('kafka').kill();
        await findEngine('kafka').start();
        await sleep(2_000);
      }
    },
    { seconds: 15 },
  );
});

test('Cassandra is stopped, killed, and back each time', async () => {
  await survives(
    async () => {
      await pause('cassandra', faults.shortOutageMs);
      await findEngine('cassandra').kill();
      await findEngine('cassandra').start();
    },
    { seconds: 25 },
  );
});

test('Elasticsearch is stopped, killed, and back each time', async () => {
  await survives(
    async () => {
      await pause('elasticsearch', faults.shortOutageMs);
      await findEngine('elasticsearch').kill();
      await findEngine('elasticsearch').start();
    },
    { seconds: 25 },
  );
});

test('three processors join and leave under load', async () => {
  await survives(
    async () => {
      const [one, two] = await Promise.all([startProcessor(installation), startProcessor(installation)]);
      await sleep(3_000);
      await one.kill();
      const three = await startProcessor(installation);
      await two.stop();
      await sleep(3_000);
      await three.stop();
    },
    { seconds: 12 },
  );
});

test('clients whose clocks are up to three quarters of an hour off', async () => {
  const skew = (n: number) => ((n % VISITORS) / VISITORS - 0.5) * 1.5 * 3_600_000;
  await survives(async () => undefined, { at: (n) => Math.round(Date.now() + skew(n)) });
});

test('a record that nothing can be made of is set aside and stops nothing', async () => {
  const { eventLog } = await readConnections(installation);
  const log = openEventLog(eventLog, { name: 'test' });
  const { client, siteId } = await newMerchant(installation);
  const receivedAt = Date.now();
  const raw = {
    id: 'poison',
    siteId,
    visitor: 'v',
    name: 'pageview',
    occurredAt: receivedAt,
    receivedAt,
    url: 'no url',
  };
  const tally = { siteId, day: new Date(receivedAt).toISOString().slice(0, 10) };
  const poison = (value: string) => ({
    topic: 'events' as const,
    key: `${siteId}:v`,
    value,
    receivedAt,
    tally,
  });
  const watch = watchLedger(client);
  await Promise.all([
    sendAll(client, { events: faults.events, visitors: VISITORS }),
    log.append([poison(JSON.stringify(raw)), poison('"neither an event nor an object"')]),
  ]);
  const ledger = await expectCounted(client, faults.events);
  expect(ledger.rejected).toEqual({ invalid_event: 1 });
  await watch.stop();
  await log.close();
});

/** Deletes all indices of the installation, as a lost disk would. */
async function loseIndices(): Promise<void> {
  const url = new URL((await readConnections(installation)).reportStore);
  const list = await fetch(
    `${url.origin}/_cat/indices/${url.searchParams.get('prefix')}*?format=json&h=index`,
  );
  const indices = (await list.json()) as { index: string }[];
  expect(indices.length).toBeGreaterThan(0);
  for (const { index } of indices)
    expect((await fetch(`${url.origin}/${index}`, { method: 'DELETE' })).ok).toBe(true);
}

test('all indices are lost: they are made anew from the event store, and every answer is as it was', async () => {
  // A third of the events each on two days that are over, and today.
  const at = (n: number) => Date.now() - (n % 3) * 3 * DAY - 1_000;
  const { client } = await survives(async () => undefined, { at });
  const questions = [
    { metrics: ['visitors', 'visits', 'pageviews', 'bounce_rate', 'visit_duration'] },
    { metrics: ['pageviews', 'visitors'], dimensions: ['event:page'] },
    { metrics: ['visits', 'events'], dimensions: ['time:day'] },
    { metrics: ['visitors'], filters: [['is', 'event:page', ['/p/3']]], dimensions: ['visit:entry_page'] },
  ];
  const answers = async () => {
    const asked = questions.map((question) => client.query({ date_range: aroundToday(), ...question }));
    return (await Promise.all(asked)).map(({ results }) => results);
  };
  await expect.poll(sealedDays(client), { timeout: 120_000 }).toBe(true);
  const before = await answers();
  await loseIndices();
  await installation.admin(['cluster', 'init']);
  await installation.admin(['rebuild', '--all']);
  expect(await answers()).toEqual(before);
});

type Asking = { query(body: object): Promise<{ meta: Record<string, unknown> }> };

/** Whether reports reach up to now, sealed days included. */
function sealedDays(client: Asking): () => Promise<boolean> {
  return async () => {
    const { meta } = await client.query({ metrics: ['pageviews'], date_range: aroundToday() });
    return Date.parse(String(meta.data_through)) > Date.now() - 10_000;
  };
}
