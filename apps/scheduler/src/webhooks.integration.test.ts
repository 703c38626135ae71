import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { emitWebhooks } from '@footfall/db/webhook/emit';
import { RETRY_MINUTES } from '@footfall/db/webhook/outgoing';
import { outboundFetch } from '@footfall/outbound/fetch';
import { loopbackNetwork } from '@footfall/outbound/network.fixture';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startWebhooks } from './webhooks.ts';

const SECRET = 'a-long-random-text-of-32-characters-or-more';

type Received = { headers: IncomingMessage['headers']; body: string; path: string };

let plane: ControlPlane;
let receiver: Server;
let port = 0;
const received: Received[] = [];
/** What the receiver answers at a path. */
const answers = new Map<string, number | 'never'>();
let tenant: TenantScope;
const open: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  plane = await freshControlPlane();
  receiver = createServer(async (request, response) => {
    const body = await text(request);
    const path = request.url ?? '';
    received.push({ headers: request.headers, body, path });
    const status = answers.get(path) ?? 200;
    if (status === 'never') return;
    response
      .writeHead(status, status === 302 ? { location: 'http://hook.example/elsewhere' } : {})
      .end('thanks');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  port = (receiver.address() as AddressInfo).port;
  tenant = inTenant(plane.as('web').db, (await plane.newTenant()).tenantId);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.stop()));
  received.length = 0;
  answers.clear();
  await plane.pool.query('DELETE FROM webhook_endpoint');
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await plane.drop();
});

const log = { warn: vi.fn() };

/** A scheduler's part of it, which may ask this machine alone, at any port, or as in production. */
function start(outbound = outboundFetch([], loopbackNetwork)) {
  const pool = plane.as('scheduler').pool;
  open.push(
    startWebhooks(pool, {
      secret: SECRET,
      webUrl: 'https://stats.example',
      outbound,
      log,
      now: Date.now,
      pauseMs: 20,
    }),
  );
}

const newHook = (path: string, of = tenant, events: readonly string[] = ['site.silent']) =>
  of.webhooks.create({
    url: `http://hook.example:${port}${path}`,
    events,
    installationSecret: SECRET,
    actor: 'cli',
  });

const sign = (secret: string, seconds: string, body: string) =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');

const deliveries = async (of = tenant) =>
  (await of.webhooks.deliveries()).map(({ event, state, outcome }) => [event, state, outcome]);

/** Lets all that waits be due. */
const makeDue = () => plane.pool.query(`UPDATE webhook_delivery SET due_at = now() - interval '1 second'`);

test('a delivery arrives once, signed as documented, and the log says so', async () => {
  const { id, secret } = await newHook('/signed');
  await tenant.webhooks.ping(id, 'cli');
  start();
  start();
  await expect.poll(() => deliveries()).toEqual([['ping', 'delivered', '200']]);
  expect(received).toHaveLength(1);
  const [{ headers, body }] = received as [Received];
  const [, seconds = '', signature] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['footfall-signature'])) ?? [];
  expect(signature).toBe(sign(secret, seconds, body));
  const [delivery] = await tenant.webhooks.deliveries();
  expect(JSON.parse(body)).toEqual({
    id: delivery?.id,
    type: 'ping',
    created: delivery?.createdAt.toISOString(),
    data: {},
  });
  expect(headers['footfall-delivery']).toBe(delivery?.id);
  const { rows } = await plane.pool.query('SELECT sealed_secret FROM webhook_endpoint');
  expect(String(rows[0]?.sealed_secret)).not.toContain(secret);
});

test('after another secret both sign, and later the new one alone', async () => {
  const { id, secret: former } = await newHook('/rotated');
  const { secret } = await tenant.webhooks.rotate(id, { installationSecret: SECRET, actor: 'cli' });
  await tenant.webhooks.ping(id, 'cli');
  start();
  await expect.poll(() => received.length).toBe(1);
  await plane.pool.query(`UPDATE webhook_endpoint SET previous_until = now() - interval '1 second'`);
  await tenant.webhooks.ping(id, 'cli');
  await expect.poll(() => received.length).toBe(2);
  const signatures = received.map(({ headers, body }) => {
    const [t = '', ...all] = String(headers['footfall-signature']).split(',');
    return { signed: all.map((one) => one.slice(3)), by: (of: string) => sign(of, t.slice(2), body) };
  });
  expect(signatures.map(({ signed, by }) => [secret, former].map((of) => signed.includes(by(of))))).toEqual([
    [true, true],
    [true, false],
  ]);
});

describe('a delivery that does not arrive', () => {
  test.each([
    ['/500', 500, '500'],
    ['/404', 404, '404'],
    // Not followed.
    ['/302', 302, '302'],
  ])('%s waits, comes again under its id, and can be sent again', async (path, status, outcome) => {
    answers.set(path, status);
    const { id } = await newHook(path);
    await tenant.webhooks.ping(id, 'cli');
    start();
    await expect.poll(() => deliveries()).toEqual([['ping', 'queued', outcome]]);
    answers.set(path, 204);
    await makeDue();
    await expect.poll(() => deliveries()).toEqual([['ping', 'delivered', '204']]);
    const [delivery] = await tenant.webhooks.deliveries();
    await tenant.webhooks.resend(delivery?.id ?? '', 'cli');
    await expect.poll(() => received.length).toBe(3);
    expect(new Set(received.map(({ headers }) => headers['footfall-delivery']))).toEqual(
      new Set([delivery?.id]),
    );
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(received.map((one) => one.path)).not.toContain('/elsewhere');
  });

  test('has failed after its last try, and what has failed for days is switched off', async () => {
    answers.set('/down', 503);
    const { id } = await newHook('/down');
    await tenant.webhooks.ping(id, 'cli');
    await plane.pool.query('UPDATE webhook_delivery SET attempts = $1', [RETRY_MINUTES.length]);
    start();
    await expect.poll(() => deliveries()).toEqual([['ping', 'failed', '503']]);
    expect((await tenant.webhooks.list())[0]).toMatchObject({
      enabled: true,
      failingSince: expect.any(Date),
    });
    await plane.pool.query(`UPDATE webhook_endpoint SET failing_since = now() - interval '6 days'`);
    await tenant.webhooks.ping(id, 'cli');
    await expect.poll(async () => (await tenant.webhooks.list())[0]?.enabled).toBe(false);
    // Its owners are told, once.
    const mails = () => plane.db.mail.findMany({ where: { template: 'webhook_off' } });
    await expect.poll(mails).toMatchObject([
      {
        recipient: 'owner1@shop.example',
        aboutTenant: tenant.tenantId,
        subject: expect.stringMatching(/^A webhook to hook\.\u2060?example/),
      },
    ]);
    expect((await mails())[0]?.subject).not.toContain('/down');
    await tenant.webhooks.setEnabled(id, true, 'cli');
    expect((await tenant.webhooks.list())[0]).toMatchObject({ enabled: true, failingSince: null });
  });

  test.each([
    ['http://127.0.0.1/hook', 'blocked_address'],
    ['http://169.254.169.254/latest/meta-data', 'blocked_address'],
    ['http://[::ffff:10.0.0.1]/', 'blocked_address'],
    ['http://shop.example:8080/', 'blocked_port'],
  ])('to %s is refused: %s', async (url, code) => {
    const { id } = await tenant.webhooks.create({
      url,
      events: ['site.silent'],
      installationSecret: SECRET,
      actor: 'cli',
    });
    await tenant.webhooks.ping(id, 'cli');
    start(outboundFetch([]));
    await expect.poll(() => deliveries()).toEqual([['ping', 'queued', code]]);
    expect(received).toEqual([]);
  });
});

test('one that is slow delays nobody else', async () => {
  const other = inTenant(plane.as('web').db, (await plane.newTenant()).tenantId);
  answers.set('/slow', 'never');
  const slow = await newHook('/slow');
  for (let n = 0; n < 5; n += 1) await tenant.webhooks.ping(slow.id, 'cli');
  start();
  await expect.poll(() => received.length).toBe(1);
  const { id } = await newHook('/quick', other);
  await other.webhooks.ping(id, 'cli');
  await expect.poll(() => deliveries(other)).toEqual([['ping', 'delivered', '200']]);
  expect(received.filter(({ path }) => path === '/slow')).toHaveLength(1);
});

describe('what there is to tell', () => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const stored = (siteId: string, days: readonly string[]) =>
    Promise.all(
      days.map((one) =>
        plane.pool.query(`INSERT INTO ledger_day VALUES ($1, $2, 'stored', 5)`, [siteId, one]),
      ),
    );

  test('is told once: a first event, silence, a used-up plan; and not what is long past', async () => {
    const made = await plane.newTenant();
    const own = inTenant(plane.as('web').db, made.tenantId);
    const site = (domain: string) => own.sites.create({ domain, actor: 'cli' });
    const [fresh, silent, gone] = [await site('a.example'), await site('b.example'), await site('c.example')];
    await stored(fresh.id, [day(0)]);
    await stored(silent.id, [day(10), day(2)]);
    await stored(gone.id, [day(40), day(20)]);
    await plane.pool.query(`INSERT INTO plan (name, event_limit_per_month) VALUES ('hundred', 100)`);
    await plane.pool.query(`UPDATE tenant SET plan = 'hundred' WHERE id = $1`, [made.tenantId]);
    await plane.pool.query('INSERT INTO usage_month (tenant_id, month, events) VALUES ($1, $2, 85)', [
      made.tenantId,
      day(0).slice(0, 7),
    ]);
    await newHook('/all', own, ['site.first_event', 'site.silent', 'quota.warning', 'quota.exceeded']);
    await newHook('/some', own, ['quota.exceeded']);
    const scheduler = plane.as('scheduler').pool;
    for (const _ of [1, 2]) await emitWebhooks(scheduler);
    const events = async () => (await own.webhooks.deliveries()).map(({ event }) => event).toSorted();
    expect(await events()).toEqual(['quota.warning', 'site.first_event', 'site.silent']);
    await plane.pool.query('UPDATE usage_month SET events = 100 WHERE tenant_id = $1', [made.tenantId]);
    for (const _ of [1, 2]) await emitWebhooks(scheduler);
    expect((await events()).filter((event) => event === 'quota.exceeded')).toHaveLength(2);
    start();
    await expect.poll(() => received.length).toBe(5);
    const told = received.map(({ body }) => JSON.parse(body) as { type: string; data: object });
    expect(told.find(({ type }) => type === 'site.silent')?.data).toEqual({
      site_id: silent.id,
      domain: 'b.example',
      last_day: day(2),
    });
    expect(told.find(({ type }) => type === 'quota.warning')?.data).toEqual({
      month: day(0).slice(0, 7),
      events: 85,
      limit: 100,
    });
  });
});

test('an endpoint needs an address of the web, events that there are, and no more than ten', async () => {
  const own = inTenant(plane.as('web').db, (await plane.newTenant()).tenantId);
  const make = (url: string, events: readonly string[] = ['site.silent']) =>
    own.webhooks.create({ url, events, installationSecret: SECRET, actor: 'cli' });
  for (const url of [
    '',
    'shop.example',
    'ftp://a.example',
    'https://me:secret@a.example',
    `https://a.example/${'x'.repeat(500)}`,
  ])
    await expect(make(url)).rejects.toMatchObject({ code: 'invalid_webhook_url' });
  for (const events of [[], ['ping'], ['nothing']])
    await expect(make('https://a.example', events)).rejects.toMatchObject({ code: 'unknown_webhook_event' });
  for (let n = 0; n < 10; n += 1) await make(`https://a.example/${n}`);
  await expect(make('https://a.example/11')).rejects.toMatchObject({ code: 'too_many' });
  const [first] = await own.webhooks.list();
  for (const work of [
    () => tenant.webhooks.ping(first?.id ?? '', 'cli'),
    () => tenant.webhooks.setEnabled(first?.id ?? '', false, 'cli'),
    () => tenant.webhooks.rotate(first?.id ?? '', { installationSecret: SECRET, actor: 'cli' }),
  ])
    await expect(work()).rejects.toMatchObject({ code: 'unknown_webhook' });
  expect(await tenant.webhooks.remove(first?.id ?? '', 'cli')).toBe(false);
  expect(await own.webhooks.remove(first?.id ?? '', 'cli')).toBe(true);
});
