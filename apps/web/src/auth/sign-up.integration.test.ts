import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { createTenant } from '@footfall/db/tenant/tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAction } from '#access/built-action.fixture.ts';
import { type PortalProcess, startPortal } from '#access/portal-process.fixture.ts';

// Signing up at the portal as it is built, over HTTP: what a form of the page sends, and what a stranger sends beside it.

const PASSWORD = 'correct horse battery';
const OWNER = 'kiln@shop.example';

type Door = { portal: PortalProcess; database: Database; close(): Promise<void> };

/** A portal with one account, of OWNER. */
async function openDoor(environment: Record<string, string> = {}): Promise<Door> {
  const portal = await startPortal(environment);
  const { db: database, close } = connectControlPlane(portal.databaseUrl, { name: 'test' });
  await createTenant(database, { name: 'Kiln', email: OWNER, password: PASSWORD });
  return { portal, database, close: () => portal.stop().finally(() => close()) };
}

/** Sends the form as React does: the state before it, and its fields. */
async function signUp({ portal }: Door, fields: Readonly<Record<string, string | Blob>>) {
  const body = new FormData();
  for (const [name, value] of Object.entries({ name: 'Loom', password: PASSWORD, ...fields }))
    body.set(`_1_${name}`, value);
  body.set('0', '[{},"$K1"]');
  const response = await fetch(`${portal.url}/sign-up`, {
    method: 'POST',
    body,
    headers: { 'next-action': findAction('auth/actions.signUp').id, origin: portal.url },
    redirect: 'manual',
  });
  return {
    status: response.status,
    // Next's own redirect of an action: `<address>;<push or replace>`.
    to: response.headers.get('x-action-redirect')?.split(';')[0] ?? null,
    isSignedIn: response.headers.getSetCookie().some((cookie) => /session-token=[^;]/.test(cookie)),
    said: await response.text(),
  };
}

const count = async ({ database }: Door) => ({
  users: await database.user.count(),
  tenants: await database.tenant.count(),
});

const newEmail = () => `${crypto.randomUUID()}@shop.example`;

describe('where sign-up is open', () => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor();
  }, 300_000);
  afterAll(() => door.close());

  it('a new address gets an account, is signed in and goes on to add a site', async () => {
    const before = await count(door);
    const email = newEmail();
    const answer = await signUp(door, { email });
    expect(answer).toMatchObject({ to: '/sites/new', isSignedIn: true });
    expect(await count(door)).toEqual({ users: before.users + 1, tenants: before.tenants + 1 });
    expect(await door.database.user.findUniqueOrThrow({ where: { email } })).toMatchObject({ email });
  });

  it.each([OWNER, OWNER.toUpperCase(), ` ${OWNER} `])(
    'the owner of an account who signs up again with their password is signed in: %j',
    async (email) => {
      const before = await count(door);
      expect(await signUp(door, { email })).toMatchObject({ to: '/', isSignedIn: true });
      expect(await count(door)).toEqual(before);
    },
  );

  it('somebody else’s address with another password is refused without a word of the account', async () => {
    const before = await count(door);
    const answer = await signUp(door, { email: OWNER, password: 'another horse battery' });
    expect(answer).toMatchObject({ status: 200, to: null, isSignedIn: false });
    expect(answer.said).toContain('sign_up_refused');
    expect(answer.said).not.toMatch(/taken|exists|wrong_credentials|too_many/i);
    expect(await count(door)).toEqual(before);
  });

  it('two at once make one account of an address', async () => {
    const before = await count(door);
    const email = newEmail();
    const answers = await Promise.all([signUp(door, { email }), signUp(door, { email, name: 'Anvil' })]);
    expect(answers.map(({ status }) => status).every((status) => status < 500)).toBe(true);
    expect(await count(door)).toEqual({ users: before.users + 1, tenants: before.tenants + 1 });
  });

  it.each([
    ['a short password', { password: 'short' }, 'weak_password'],
    ['a common password', { password: 'password123' }, 'common_password'],
    [
      'a password made of the address',
      { email: 'marlowe.k@shop.example', password: 'marlowe.k1' },
      'password',
    ],
    ['not an address', { email: 'nobody' }, 'invalid_email'],
    [
      'an address with a line of a mail in it',
      { email: 'a@shop.example\nbcc: b@shop.example' },
      'invalid_email',
    ],
    ['no name', { name: '   ' }, 'invalid_name'],
    ['a field that the form does not have', { email: newEmail(), role: 'owner' }, 'error'],
    ['a file for an address', { email: new Blob(['x@shop.example']) }, 'error'],
  ])('%s is refused in the form', async (_, fields: Record<string, string | Blob>, code) => {
    const before = await count(door);
    const answer = await signUp(door, { email: newEmail(), ...fields });
    expect(answer).toMatchObject({ status: 200, to: null, isSignedIn: false });
    expect(answer.said).toContain(code);
    expect(answer.said).not.toContain(PASSWORD);
    expect(await count(door)).toEqual(before);
  });
});

describe.each([
  ['invited', 'Accounts are made by invitation', 'sign_up_invited'],
  ['closed', 'No new accounts are made here', 'sign_up_closed'],
])('where sign-up is %s', (mode, sentence, code) => {
  let door: Door;
  beforeAll(async () => {
    door = await openDoor({ SIGN_UP: mode });
  }, 300_000);
  afterAll(() => door.close());

  it('the page says so and has no form', async () => {
    const page = await (await fetch(`${door.portal.url}/sign-up`)).text();
    expect(page).toContain(sentence);
    expect(page).not.toContain('name="password"');
  });

  it('a form that is sent all the same makes nothing and signs nobody in, the owner of an account neither', async () => {
    const before = await count(door);
    for (const email of [newEmail(), OWNER]) {
      const answer = await signUp(door, { email });
      expect(answer).toMatchObject({ status: 200, to: null, isSignedIn: false });
      expect(answer.said).toContain(code);
    }
    expect(await count(door)).toEqual(before);
  });
});
