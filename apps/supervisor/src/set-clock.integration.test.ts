import path from 'node:path';
import { foldVisitorDay } from '@footfall/core/fold';
import { daySpan, localDay } from '@footfall/core/zone';
import { openEventStore } from '@footfall/eventstore/open';
import { connectPool, type Pool } from '@footfall/postgres/pool';
import { openReportStore } from '@footfall/reportstore/open';
import { freshDatabase } from '@footfall/testkit/database';
import { expect, test } from 'vitest';
import {
  admin,
  ownVariables,
  removeDataDir,
  SupervisorProcess,
  type Variables,
} from './supervisor.fixture.ts';

const ZONE = 'Etc/UTC';
const SELF = { name: 'test' };

/** All that an installation keeps of what it did last, and of who holds what until when. */
const NOTED: Readonly<Record<string, readonly string[]>> = {
  'eventlog.lease': ['expires_at'],
  'eventlog.member': ['seen_at'],
  'public.clock': ['latest', 'steady'],
  'pgboss.version': ['cron_on', 'bam_on', 'flow_on'],
  'pgboss.queue': ['monitor_claim_on', 'monitor_on', 'maintain_on'],
  'pgboss.job': ['start_after', 'created_on', 'started_on', 'heartbeat_on'],
  'jobs.chore': ['due_at', 'started_at', 'succeeded_at'],
};

/** Leaves a database as it were if its clock had been a day ahead until now. */
async function setBackADay(pool: Pool): Promise<void> {
  for (const [table, columns] of Object.entries(NOTED)) {
    const later = columns.map((column) => `${column} = ${column} + interval '1 day'`);
    await pool.query(`UPDATE ${table} SET ${later.join(', ')}`);
  }
}

type Place = { url: string; dataDir: string };

/** Seals today, as an aggregator does whose clock is a day ahead. */
async function sealToday({ url, dataDir }: Place, siteId: string, day: string): Promise<void> {
  const store = openEventStore(url, SELF);
  const reports = openReportStore(url, { ...SELF, filesDir: path.join(dataDir, 'facts') });
  const [state] = await reports.read((reader) => reader.dayStates(siteId, 1, day, day));
  const sealing = {
    siteId,
    generation: 1,
    month: day.slice(0, 7),
    days: [{ day, version: state?.version ?? 0 }],
  };
  async function* facts() {
    for await (const events of store.scanSite(siteId, daySpan(ZONE, day))) {
      const visitors = Map.groupBy(events, ({ raw }) => raw.visitor);
      yield [...visitors.values()].map((own) => ({ day, facts: foldVisitorDay(own, ZONE) }));
    }
  }
  expect(await reports.sealDays(sealing, facts())).toBe(true);
  await Promise.all([store.close(), reports.close()]);
}

/** A shop of an installation, and what can be asked of it. */
async function newShop(variables: Variables) {
  const make = async (...args: string[]) => {
    const { code, out, err } = await admin(variables, [...args, '--json']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out) as Record<string, string>;
  };
  const email = 'owner@kiln.example';
  const { tenant_id: tenant = '' } = await make(
    ...['create-tenant', '--name', 'Kiln', '--email', email, '--password', 'correct horse'],
  );
  const { site_id: siteId = '' } = await make('create-site', '--tenant', tenant, '--domain', 'kiln.example');
  const { api_key: key = '' } = await make('create-api-key', '--tenant', tenant, '--scopes', 'ingest,stats');
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const post = async (port: string | undefined, address: string, body: unknown) => {
    const response = await fetch(`http://127.0.0.1:${port}${address}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  return {
    siteId,
    /** Sends page views of visitors who are new. */
    send: (...visitors: string[]) =>
      post(variables.COLLECTOR_PORT, '/v1/events', {
        site: siteId,
        events: visitors.map((visitor) => ({
          ...{ id: `view-${visitor}`, name: 'pageview', ts: Date.now(), visitor },
          url: 'https://kiln.example/',
        })),
      }),
    visitorsOf: async (day: string) => {
      const query = { site_id: siteId, metrics: ['visitors'], date_range: [day, day] };
      const { body } = await post(variables.WEB_PORT, '/api/v1/query', query);
      return (body as { results?: { metrics: number[] }[] }).results?.[0]?.metrics[0];
    },
    ledger: async (day: string) => {
      const address = `http://127.0.0.1:${variables.WEB_PORT}/api/v1/sites/${siteId}/ledger?from=${day}&to=${day}`;
      return (await fetch(address, { headers })).json();
    },
  };
}

async function kill(supervisor: SupervisorProcess): Promise<void> {
  const { services } = await supervisor.runtime();
  for (const { pid } of Object.values(services)) process.kill(pid, 'SIGKILL');
  supervisor.child.kill('SIGKILL');
  await supervisor.exit;
}

test('an installation that was killed with a clock a day ahead goes on with the right one, and has today open', {
  timeout: 180_000,
}, async () => {
  const database = await freshDatabase();
  const variables = { ...(await ownVariables()), DATABASE_URL: database.url };
  const pool = connectPool(database.url, SELF);
  const ahead = new SupervisorProcess(variables);
  await ahead.ready();
  const shop = await newShop(variables);
  const day = localDay(ZONE, Date.now());
  expect((await shop.send('a', 'b')).status).toBe(202);
  await expect.poll(() => shop.visitorsOf(day), { timeout: 30_000 }).toBe(2);
  await kill(ahead);
  await sealToday({ url: database.url, dataDir: variables.FOOTFALL_DATA_DIR }, shop.siteId, day);
  await setBackADay(pool);

  const right = new SupervisorProcess(variables);
  await right.ready();
  expect((await shop.send('c', 'd')).status).toBe(202);
  await expect.poll(() => shop.visitorsOf(day), { timeout: 60_000 }).toBe(4);
  expect(await shop.ledger(day)).toMatchObject({ received: 4, stored: 4, pending: 0 });
  const status = JSON.parse((await admin(variables, ['status', '--json'])).out);
  expect(status).toMatchObject({ healthy: true, freshness: { waiting_days: 0 } });
  expect(Math.abs(status.clock.set_back.seconds - 86_400)).toBeLessThan(600);
  expect(status.chores.filter(({ state }: { state: string }) => state === 'behind')).toEqual([]);
  const told = right.err.join('\n') + right.out.join('\n');
  expect(told).toMatch(/aggregator: a day was sealed before it was over/);
  expect(await right.stop()).toBe(0);
  await pool.end();
  await removeDataDir(variables);
  await database.drop();
});
