import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MAIL_LIMITS } from './limits.ts';
import { deleteMailsBefore, HOLD_MS } from './outgoing.ts';
import { type NewMail, queueMail } from './queue.ts';
import { type SendOptions, sendDue } from './send-due.ts';
import { type FakeSmtp, startSmtp } from './smtp-server.fixture.ts';
import { openSmtp, type Transport } from './transport.ts';

const HOUR_MS = 3_600_000;
const SECRET = 'a-long-random-text-of-32-characters-or-more';
const installation = { secret: SECRET, webUrl: 'https://stats.example.com' };
const TOKEN = 't'.repeat(43);

let plane: ControlPlane;
/** As the portal, which may queue and no more. */
let portal: Pool;
let scheduler: Pool;
let smtp: FakeSmtp;
let transport: Transport;
beforeAll(async () => {
  [plane, smtp] = await Promise.all([freshControlPlane(), startSmtp()]);
  portal = plane.as('web').pool;
  scheduler = plane.as('scheduler').pool;
});
beforeEach(() => {
  transport = open();
});
afterEach(async () => {
  transport.close();
  smtp.received.length = 0;
  smtp.refuse = null;
  await plane.pool.query('DELETE FROM mail');
});
afterAll(() => Promise.all([plane.drop(), smtp.close()]));

const open = (port = smtp.port) => openSmtp({ host: '127.0.0.1', port, isTls: false, login: null });

const newMail = (more: object = {}): NewMail =>
  ({
    to: 'ann@kiln.example',
    locale: 'en',
    template: 'reset_password',
    facts: { token: TOKEN },
    ...more,
  }) as NewMail;

const queue = (more: object = {}) => queueMail(portal, installation, newMail(more));

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

/** As the scheduler, `later` milliseconds from now. */
const run = (later = 0, more: Partial<SendOptions> = {}) =>
  sendDue(scheduler, {
    secret: SECRET,
    transport,
    from: { name: 'Footfall', address: 'footfall@example.com' },
    log,
    now: () => Date.now() + later,
    ...more,
  });

type Row = { state: string; attempts: number; error: string | null; body: Buffer | null };
const rows = async () =>
  (await plane.pool.query<Row>('SELECT state, attempts, error, body FROM mail ORDER BY created_at')).rows;

describe('a mail that is queued', () => {
  test('is sealed, arrives once, and is emptied', async () => {
    await queue();
    const [queued] = await rows();
    expect(queued?.body?.toString('latin1')).not.toContain(TOKEN);
    await run();
    await run();
    const [received, ...others] = smtp.received;
    expect(others).toEqual([]);
    expect(received).toMatchObject({
      to: 'ann@kiln.example',
      from: '"Footfall" <footfall@example.com>',
      subject: 'Set a new password',
    });
    for (const body of [received?.html, received?.text])
      expect(body).toContain(`https://stats.example.com/reset-password?token=${TOKEN}`);
    expect(await rows()).toEqual([{ state: 'sent', attempts: 1, error: null, body: null }]);
  });

  test('of the same key is one', async () => {
    await Promise.all([
      queue({ dedupeKey: 'a' }),
      queue({ dedupeKey: 'a' }),
      queue({ dedupeKey: 'b' }),
      queue(),
      queue(),
    ]);
    expect(await rows()).toHaveLength(4);
  });

  test('cannot be read by the portal, not even its own', async () => {
    await queue();
    await expect(portal.query('SELECT 1 FROM mail')).rejects.toThrow('permission denied');
  });

  test('in a transaction that is rolled back is none', async () => {
    const client = await portal.connect();
    await client.query('BEGIN');
    await queueMail(client, installation, newMail());
    await client.query('ROLLBACK');
    client.release();
    expect(await rows()).toEqual([]);
  });

  test('has the words of its reader’s language', async () => {
    await queue({ locale: 'de', template: 'password_changed', facts: {} });
    await run();
    expect(smtp.received[0]?.subject).toBe('Ihr Passwort wurde geändert');
  });
});

describe('several senders', () => {
  test('send each mail once', async () => {
    for (const name of Array.from({ length: 20 }, (_, index) => `reader${index}`))
      await queue({ to: `${name}@kiln.example` });
    const others = [open(), open()];
    await Promise.all([run(), ...others.map((other) => run(0, { transport: other }))]);
    for (const other of others) other.close();
    expect(new Set(smtp.received.map(({ to }) => to)).size).toBe(20);
    expect(smtp.received).toHaveLength(20);
  });

  test('a mail of one that died before it sent is sent by another, when it has been held for long enough', async () => {
    await queue();
    const { promise, resolve } = Promise.withResolvers<void>();
    // It never comes back from sending.
    const dies: Transport = {
      send: () => {
        resolve();
        return new Promise(() => undefined);
      },
      close: () => undefined,
    };
    void run(0, { transport: dies });
    await promise;
    await run(HOLD_MS - 10_000);
    expect(smtp.received).toHaveLength(0);
    await run(HOLD_MS + 10_000);
    expect(smtp.received).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('a mail of one that died after it sent comes again under the same Message-ID', async () => {
    await queue();
    const { promise, resolve } = Promise.withResolvers<void>();
    const dies: Transport = {
      send: async (letter) => {
        await transport.send(letter);
        resolve();
        await new Promise(() => undefined);
      },
      close: () => undefined,
    };
    void run(0, { transport: dies });
    await promise;
    await run(HOLD_MS + 10_000);
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^<mail_\w+@example\.com>$/);
  });
});

describe('a mail that is not taken', () => {
  test('is tried again after ever longer pauses, and arrives', async () => {
    await queue();
    smtp.refuse = () => ({ code: 451, message: 'later, please' });
    await run();
    expect(await rows()).toMatchObject([
      { state: 'queued', attempts: 1, error: expect.stringContaining('later, please') },
    ]);
    await run(1_000);
    expect(await rows()).toMatchObject([{ attempts: 1 }]);
    await run(60_000);
    expect(await rows()).toMatchObject([{ attempts: 2 }]);
    smtp.refuse = null;
    await run(HOUR_MS / 2);
    expect(smtp.received).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'sent', error: null }]);
  });

  test('is given up when its link is over, and emptied', async () => {
    await queue();
    const gone = open(1);
    for (const minutes of [0, 10, 20, 40, 59, 61, 120]) await run(minutes * 60_000, { transport: gone });
    gone.close();
    expect(await rows()).toMatchObject([{ state: 'failed', body: null }]);
  });

  test.each(['password_changed', 'account_exists'])(
    '%s is tried for about two days, some twenty times',
    async (template) => {
      await queue({ template, facts: {} });
      let attempts = 0;
      const away: Transport = {
        send: async () => {
          attempts += 1;
          throw new Error('away');
        },
        close: () => undefined,
      };
      for (let minute = 0; minute <= 50 * 60; minute += 10) await run(minute * 60_000, { transport: away });
      expect(await rows()).toMatchObject([
        { state: 'failed', error: expect.stringMatching(/^away/), body: null },
      ]);
      expect(attempts).toBeGreaterThan(15);
      expect(attempts).toBeLessThan(30);
    },
  );

  test('since there is no such mailbox is given up at once, and others are sent', async () => {
    smtp.refuse = (address) => (address.startsWith('nobody') ? { code: 550, message: 'no such user' } : null);
    await queue({ to: 'nobody@kiln.example' });
    await queue();
    await run();
    expect(await rows()).toMatchObject([
      { state: 'failed', error: expect.stringContaining('no such user') },
      { state: 'sent' },
    ]);
  });

  test.each([
    'a>b@kiln.example',
    'a,b@kiln.example',
    '<a@kiln.example',
    'a:b@kiln.example;',
    '"a"@kiln.example',
  ])('to %s is given up: a mail server could take it for the address of somebody else', async (to) => {
    await queue({ to });
    await run();
    expect(smtp.received).toEqual([]);
    expect(await rows()).toMatchObject([
      { state: 'failed', error: expect.stringContaining('not an address') },
    ]);
  });

  test('that was sealed with another secret is given up with a word of why', async () => {
    await queue();
    await run(0, { secret: 'another-long-random-text-of-32-characters' });
    expect(await rows()).toMatchObject([
      { state: 'failed', error: expect.stringContaining('FOOTFALL_SECRET') },
    ]);
  });

  test('is told in the log without its body', async () => {
    log.warn.mockClear();
    await queue();
    smtp.refuse = () => ({ code: 451, message: 'later' });
    await run();
    expect(log.warn.mock.calls[0]?.[0]).toMatchObject({ kind: 'reset_password', to: 'ann@kiln.example' });
    expect(JSON.stringify(log.warn.mock.calls)).not.toContain(TOKEN);
  });
});

test('without a mail server mails are kept for the operator, sealed, and the log names them without their content', async () => {
  log.warn.mockClear();
  await queue();
  await run(0, { transport: null });
  await run(0, { transport: null });
  const [kept] = await rows();
  expect(kept).toMatchObject({ state: 'kept' });
  expect(kept?.body).not.toBeNull();
  expect(log.warn.mock.calls).toHaveLength(1);
  expect(log.warn.mock.calls[0]?.[0]).toMatchObject({ kind: 'reset_password', to: 'ann@kiln.example' });
  expect(JSON.stringify(log.warn.mock.calls)).not.toContain(TOKEN);
});

describe('the limits', () => {
  test('of an address end a flood, and not what its owner must know', async () => {
    for (let count = 0; count < MAIL_LIMITS.recipientPerHour + 3; count += 1) await queue();
    await queue({ to: 'ben@kiln.example' });
    await queue({ template: 'password_changed', facts: {} });
    await run();
    const subjects = smtp.received
      .filter(({ to }) => to === 'ann@kiln.example')
      .map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === 'Set a new password')).toHaveLength(
      MAIL_LIMITS.recipientPerHour,
    );
    expect(subjects).toContain('Your password was changed');
    expect(smtp.received.map(({ to }) => to)).toContain('ben@kiln.example');
    expect((await rows()).filter(({ state, body }) => state === 'failed' && body === null)).toHaveLength(3);
  });

  test('of an address are over after an hour', async () => {
    for (let count = 0; count < MAIL_LIMITS.recipientPerHour; count += 1)
      await queue({ template: 'verify_email' });
    await run();
    await queue({ template: 'verify_email' });
    await run(HOUR_MS + 60_000);
    expect(smtp.received).toHaveLength(MAIL_LIMITS.recipientPerHour + 1);
  });

  test('of a tenant count what was sent for it to anybody', async () => {
    await plane.pool.query(
      `INSERT INTO mail (id, about_tenant, recipient, locale, template, subject, state, sent_at)
       SELECT 'old_' || n, 'tenant_a', n || '@kiln.example', 'en', 'invitation', 'x', 'sent', now() FROM generate_series(1, $1) n`,
      [MAIL_LIMITS.tenantPerDay],
    );
    const facts = { token: TOKEN, team: 'Kiln', inviter: 'Ann' };
    await queue({ template: 'invitation', facts, aboutTenant: 'tenant_a' });
    await queue({ template: 'invitation', facts, aboutTenant: 'tenant_b', to: 'ben@kiln.example' });
    await run();
    expect(smtp.received.map(({ to }) => to)).toEqual(['ben@kiln.example']);
  });
});

test('what was sent long ago is deleted, what waits is not', async () => {
  await queue();
  await run();
  await queue();
  await deleteMailsBefore(scheduler, Date.now() + 60_000);
  expect(await rows()).toMatchObject([{ state: 'queued' }]);
});
