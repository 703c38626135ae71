import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionStore } from '../account/session.ts';
import { createStaff } from '../account/staff.ts';
import { type ControlPlane, freshControlPlane, password } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { inTenant } from './scope.ts';

let plane: ControlPlane;
let web: Database;
let staff: { id: string; email: string; address: string };
beforeAll(async () => {
  plane = await freshControlPlane();
  web = plane.as('web').db;
  const { userId } = await createStaff(plane.db, {
    email: 'op@footfall.example',
    password,
    role: 'operator',
  });
  staff = { id: userId, email: 'op@footfall.example', address: '192.0.2.77' };
});
afterAll(() => plane.drop());

const visit = { reason: 'Ticket 4711: no visits since Monday', minutes: 30 };

async function newScope() {
  const { tenantId, userId } = await plane.newTenant();
  return { scope: inTenant(web, tenantId), tenantId, userId };
}

const platformActs = async (aboutTenant: string) =>
  (await plane.db.platformAudit.findMany({ where: { aboutTenant }, orderBy: { createdAt: 'asc' } })).map(
    ({ action }) => action,
  );

test('a visit is told on both sides, with its reason, and ends', async () => {
  const { scope, tenantId } = await newScope();
  const before = Date.now();
  const id = await scope.support.begin({ staff, ...visit });
  const open = await scope.support.open(id, staff.id);
  expect(open).toMatchObject({ id, reason: visit.reason });
  expect(open?.endsAt.getTime()).toBeGreaterThanOrEqual(before + 30 * 60_000);
  await scope.support.end(id, staff);
  await scope.support.end(id, staff);
  expect(await scope.support.open(id, staff.id)).toBeNull();
  const entries = await scope.audit.list({ action: 'support.' }, 10);
  expect(entries.map(({ action, actor, address }) => [action, actor, address])).toEqual([
    ['support.end', staff.email, '192.0.2.0'],
    ['support.begin', staff.email, '192.0.2.0'],
  ]);
  expect(entries[1]?.details).toMatchObject({ reason: visit.reason });
  expect(await platformActs(tenantId)).toEqual(['support.begin', 'support.end']);
  const { isAllowed, visits } = await scope.support.read();
  expect(isAllowed).toBe(true);
  expect(visits).toMatchObject([{ id, staffEmail: staff.email, reason: visit.reason }]);
});

test('is nobody else’s, no other tenant’s, and over when its time is', async () => {
  const { scope, tenantId } = await newScope();
  const { scope: other } = await newScope();
  const id = await scope.support.begin({ staff, ...visit });
  expect(await scope.support.open(id, 'user_other')).toBeNull();
  expect(await other.support.open(id, staff.id)).toBeNull();
  await other.support.end(id, staff);
  await scope.support.end(id, { ...staff, id: 'user_other' });
  expect(await scope.support.open(id, staff.id)).not.toBeNull();
  await plane.db.supportVisit.updateMany({ where: { tenantId }, data: { endsAt: new Date(Date.now() - 1) } });
  expect(await scope.support.open(id, staff.id)).toBeNull();
});

test('a tenant that wants none has none: what goes on ends at once, and none begins', async () => {
  const { scope, userId, tenantId } = await newScope();
  const id = await scope.support.begin({ staff, ...visit });
  await scope.support.allow(false, userId);
  expect(await scope.support.open(id, staff.id)).toBeNull();
  await expect(scope.support.begin({ staff, ...visit })).rejects.toMatchObject({ code: 'support_refused' });
  await scope.support.allow(true, userId);
  // What was ended stays so.
  expect(await scope.support.open(id, staff.id)).toBeNull();
  expect(await scope.audit.list({ action: 'tenant.update' }, 10)).toHaveLength(2);
  expect(await platformActs(tenantId)).toEqual(['support.begin']);
});

test.each([
  [{ reason: 'look' }, 'invalid_reason'],
  [{ reason: 'x'.repeat(501) }, 'invalid_reason'],
  [{ minutes: 61 }, 'invalid_minutes'],
  [{ minutes: Number.NaN }, 'invalid_minutes'],
])('%j is refused, and nothing is written', async (over, code) => {
  const { scope, tenantId } = await newScope();
  await expect(scope.support.begin({ staff, ...visit, ...over })).rejects.toMatchObject({ code });
  expect((await scope.support.read()).visits).toEqual([]);
  expect(await platformActs(tenantId)).toEqual([]);
});

test('nobody looks at a tenant of which somebody of the staff is a member, or that is not there', async () => {
  const { scope, tenantId } = await newScope();
  await plane.db.membership.create({ data: { tenantId, userId: staff.id, role: 'viewer' } });
  await expect(scope.support.begin({ staff, ...visit })).rejects.toMatchObject({ code: 'staff_in_team' });
  const nowhere = inTenant(web, 'tenant_none');
  await expect(nowhere.support.begin({ staff, ...visit })).rejects.toMatchObject({ code: 'unknown_tenant' });
});

test('a session is at a visit until it leaves it, and without its session there is none', async () => {
  const sessions = sessionStore(web, { afterMs: 60_000, idleMs: 60_000 });
  const id = await sessions.begin(staff.id);
  expect((await sessions.find(id))?.visit).toBeNull();
  await sessions.visit(id, { tenantId: 'tenant_a', id: 'visit_a' });
  expect((await sessions.find(id))?.visit).toEqual({ tenantId: 'tenant_a', id: 'visit_a' });
  await sessions.visit(id, null);
  expect((await sessions.find(id))?.visit).toBeNull();
  await sessions.visit(id, { tenantId: 'tenant_a', id: 'visit_a' });
  await sessions.end(id);
  expect(await sessions.find(id)).toBeNull();
});

test('the portal’s pages of merchants do not read the audit of the platform', async () => {
  const { pool } = plane.as('web');
  await expect(pool.query('SELECT 1 FROM platform_audit')).rejects.toThrow(/permission denied/);
  await expect(pool.query('DELETE FROM platform_audit')).rejects.toThrow(/permission denied/);
});
