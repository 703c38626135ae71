import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { auditEntry } from '../tenant/audit.ts';
import { inTenant, type TenantScope } from '../tenant/scope.ts';
import { deleteAccount, listOwnedAlone, readActs, readOwnData } from './own-data.ts';
import { sessionStore } from './session.ts';
import { issueToken } from './user-token.ts';

let plane: ControlPlane;
let db: Database;
beforeAll(async () => {
  plane = await freshControlPlane();
  // As the portal: with its own rights, behind row-level security.
  ({ db } = plane.as('web'));
});
afterAll(() => plane.drop());

let scope: TenantScope;
let owner: { id: string; email: string };
beforeEach(async () => {
  const { tenantId, userId } = await plane.newTenant();
  scope = inTenant(db, tenantId);
  owner = await plane.db.user.findUniqueOrThrow({ where: { id: userId } });
});

let people = 0;
async function newMember(role = 'owner') {
  people += 1;
  const id = `user_own${people}`;
  const data = { id, email: `own${people}@team.example`, name: `Own ${people}`, passwordHash: '$argon2id$x' };
  await plane.db.user.create({ data });
  await scope.members.add({ userId: id, role, sites: 'all', actor: owner.id });
  return data;
}

const mailTo = (recipient: string) =>
  plane.db.mail.create({
    data: {
      id: `mail_${recipient}`,
      recipient,
      locale: 'en',
      template: 'invitation',
      subject: 'Come to Kiln',
    },
  });

it('an account that owns a team alone stays until that is settled', async () => {
  expect(await listOwnedAlone(db, owner.id)).toMatchObject([{ tenantId: scope.tenantId }]);
  await expect(deleteAccount(db, owner.id)).rejects.toMatchObject({ code: 'last_owner', where: 'email' });
  const { id } = await newMember();
  expect(await listOwnedAlone(db, owner.id)).toEqual([]);
  await deleteAccount(db, owner.id);
  expect((await scope.members.list()).map(({ userId }) => userId)).toEqual([id]);
});

it('of two owners who go at once one stays', async () => {
  const { id } = await newMember();
  const results = await Promise.allSettled([deleteAccount(db, owner.id), deleteAccount(db, id)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await scope.members.list()).toHaveLength(1);
});

it('with an account goes all that hangs on it, in every table; what it did stays by an id', async () => {
  const { id, email } = await newMember('editor');
  await sessionStore(db, { afterMs: 3_600_000, idleMs: 3_600_000 }).begin(id);
  await issueToken(db, { userId: id, purpose: 'verify_email', email });
  await mailTo(email);
  await db.passkey.create({
    data: { id: 'credential', userId: id, name: 'Phone', publicKey: new Uint8Array(4) },
  });
  await plane.db.auditEntry.create({
    data: auditEntry({ tenantId: scope.tenantId, actor: id, action: 'goal.create', subject: 'goal_x' }),
  });
  await deleteAccount(db, id);
  const { rows: tables } = await plane.pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const search = `SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0`;
    if ((await plane.pool.query(search, [id, email])).rowCount !== 0) found.push(name);
  }
  expect(found).toEqual(['public.audit_entry']);
});

it('what is held about somebody is told them, without secrets and without what others did', async () => {
  const { id, email } = await newMember('editor');
  const other = await newMember('editor');
  await sessionStore(db, { afterMs: 3_600_000, idleMs: 3_600_000 }).begin(id, { address: '203.0.113.9' });
  await mailTo(email);
  const held = await readOwnData(db, id);
  expect(held).toMatchObject({
    profile: { id, email },
    memberships: [{ tenantId: scope.tenantId, role: 'editor' }],
    sessions: [{ network: '203.0.113.0' }],
    // Nobody has shown that this address is theirs: what was mailed to it is not theirs to read.
    mails: [],
  });
  await plane.db.user.update({ where: { id }, data: { emailVerifiedAt: new Date() } });
  expect(await readOwnData(db, id)).toMatchObject({ mails: [{ subject: 'Come to Kiln' }] });
  const text = JSON.stringify(held);
  expect(text).not.toMatch(/argon2|"hash"|passwordHash|body/);
  expect(text).not.toContain(other.email);
});

it('all that somebody did is read in pages, the latest first, each once, and nothing of others', async () => {
  const { id } = await newMember('editor');
  const at = new Date('2026-01-01');
  await plane.db.auditEntry.createMany({
    data: Array.from({ length: 1_201 }, (_, n) => ({
      ...auditEntry({ tenantId: scope.tenantId, actor: id, action: 'goal.create', subject: `goal_${n}` }),
      // Many of one moment, so that a page ends among them.
      createdAt: new Date(at.getTime() + Math.floor(n / 400)),
    })),
  });
  const read: { subject: string; at: Date }[] = [];
  for await (const acts of readActs(db, id)) read.push(...acts);
  expect(new Set(read.map(({ subject }) => subject)).size).toBe(1_201);
  expect(read).toHaveLength(1_201);
  expect(read.map((act) => act.at.getTime())).toEqual(
    read.map((act) => act.at.getTime()).sort((a, b) => b - a),
  );
});
