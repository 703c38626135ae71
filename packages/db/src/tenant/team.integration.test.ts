import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listMemberships } from '../account/membership.ts';
import { findUser, type User } from '../account/user.ts';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { addTeamAccount } from './add-account.ts';
import { acceptInvitation, findInvitation } from './invitation.ts';
import { inTenant, type TenantScope } from './scope.ts';

let plane: ControlPlane;
let db: Database;
let tenantId: string;
let ownerId: string;
let scope: TenantScope;
let siteId: string;
beforeAll(async () => {
  plane = await freshControlPlane();
  // As the portal: with its own rights, behind row-level security.
  ({ db } = plane.as('web'));
});
beforeEach(async () => {
  ({ tenantId, userId: ownerId } = await plane.newTenant());
  scope = inTenant(db, tenantId);
  siteId = (await scope.sites.create({ domain: `${tenantId.slice(7)}.example`, actor: ownerId })).id;
});
afterAll(() => plane.drop());

let people = 0;
async function newPerson(): Promise<User> {
  people += 1;
  const id = `user_person${people}`;
  await db.user.create({ data: { id, email: `person${people}@team.example`, name: `Person ${people}` } });
  return (await findUser(db, id)) as User;
}

const failure = (code: string) => expect.objectContaining({ code });

describe('an invitation', () => {
  const invite = (email: string, sites: 'all' | string[] = 'all') =>
    scope.invitations.create({ email, role: 'editor', sites, actor: ownerId, actorRole: 'owner' });

  it('makes the one it was sent to a member, once', async () => {
    const guest = await newPerson();
    const { token } = await invite(guest.email.toUpperCase(), [siteId]);
    expect(await findInvitation(db, token)).toMatchObject({ tenantId, email: guest.email, role: 'editor' });
    const accept = () => acceptInvitation(db, token, { user: guest, address: '203.0.113.5' });
    const results = await Promise.allSettled([accept(), accept()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listMemberships(db, guest.id)).toMatchObject([
      { tenantId, role: 'editor', sites: [siteId] },
    ]);
    expect(await findInvitation(db, token)).toBeNull();
  });

  it('is nobody else’s, and nothing is stored that would open it', async () => {
    const [guest, other] = [await newPerson(), await newPerson()];
    const { token } = await invite(guest.email);
    await expect(acceptInvitation(db, token, { user: other, address: '' })).rejects.toThrow(
      failure('unknown_invitation'),
    );
    const { rows } = await plane.pool.query<{ text: string }>(
      'SELECT invitation::text AS text FROM invitation',
    );
    expect(rows.map(({ text }) => text).join()).not.toContain(token);
    for (const text of ['', 'x', token.slice(1), `${token}x`])
      expect(await findInvitation(db, text)).toBeNull();
  });

  it('ends by being asked again, taken back, and by time', async () => {
    const guest = await newPerson();
    const first = await invite(guest.email);
    const second = await invite(guest.email);
    expect(await findInvitation(db, first.token)).toBeNull();
    expect(await scope.invitations.withdraw(second.id, ownerId)).toBe(true);
    expect(await findInvitation(db, second.token)).toBeNull();
    const third = await invite(guest.email);
    await plane.pool.query(`UPDATE invitation SET expires_at = now() - interval '1 s' WHERE id = $1`, [
      third.id,
    ]);
    expect(await findInvitation(db, third.token)).toBeNull();
    expect(await scope.invitations.list()).toMatchObject([{ id: third.id, email: guest.email }]);
  });

  it('to a site of another tenant is refused, and so is one by an admin that makes an owner', async () => {
    const other = await plane.newTenant();
    const theirs = await inTenant(db, other.tenantId).sites.create({ domain: 'x.example', actor: 'cli' });
    await expect(invite('a@team.example', [theirs.id])).rejects.toThrow(failure('unknown_site'));
    await expect(invite('a@team.example', [])).rejects.toThrow(failure('unknown_site'));
    const asAdmin = { actor: ownerId, actorRole: 'admin' } as const;
    await expect(
      scope.invitations.create({ email: 'a@team.example', role: 'owner', sites: 'all', ...asAdmin }),
    ).rejects.toThrow(failure('role_not_yours_to_give'));
  });

  it('is not sent to who is in the team', async () => {
    const owner = (await findUser(db, ownerId)) as User;
    await expect(invite(owner.email)).rejects.toThrow(failure('already_member'));
  });
});

describe('a team', () => {
  const owner = () => ({ actor: ownerId, actorRole: 'owner' }) as const;

  it('always has an owner, even when two leave at once', async () => {
    const second = await newPerson();
    await scope.members.add({ userId: second.id, role: 'owner', sites: 'all', ...owner() });
    const leave = (id: string) => scope.members.remove(id, owner());
    const results = await Promise.allSettled([leave(ownerId), leave(second.id)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [last] = await scope.members.list();
    await expect(
      scope.members.change(last?.userId ?? '', { role: 'admin', sites: 'all', ...owner() }),
    ).rejects.toThrow(failure('last_owner'));
  });

  it('has admins who neither make nor unmake owners', async () => {
    const asAdmin = { actor: 'user_admin', actorRole: 'admin' } as const;
    const member = await newPerson();
    await scope.members.add({ userId: member.id, role: 'viewer', sites: 'all', ...owner() });
    const refused = failure('role_not_yours_to_give');
    await expect(scope.members.remove(ownerId, asAdmin)).rejects.toThrow(refused);
    await expect(scope.members.change(ownerId, { role: 'viewer', sites: 'all', ...asAdmin })).rejects.toThrow(
      refused,
    );
    await expect(
      scope.members.change(member.id, { role: 'owner', sites: 'all', ...asAdmin }),
    ).rejects.toThrow(refused);
    await scope.members.change(member.id, { role: 'editor', sites: [siteId], ...asAdmin });
    expect(await scope.members.list()).toMatchObject([
      { userId: ownerId, role: 'owner', sites: 'all' },
      { userId: member.id, role: 'editor', sites: [siteId], hasSecondFactor: false },
    ]);
  });

  it('knows nobody of another', async () => {
    const other = await plane.newTenant();
    await expect(scope.members.remove(other.userId, owner())).rejects.toThrow(failure('unknown_member'));
    await expect(
      scope.members.change(other.userId, { role: 'viewer', sites: 'all', ...owner() }),
    ).rejects.toThrow(failure('unknown_member'));
  });

  it('is joined by an account that the operator makes, or that is there', async () => {
    const request = {
      tenantId,
      password: 'a long enough phrase',
      role: 'viewer',
      sites: 'all',
      actor: 'cli',
    } as const;
    const made = await addTeamAccount(plane.db, { ...request, email: 'New@Team.example' });
    expect(made.isNew).toBe(true);
    await expect(addTeamAccount(plane.db, { ...request, email: 'new@team.example' })).rejects.toThrow(
      failure('already_member'),
    );
    const known = await newPerson();
    expect(await addTeamAccount(plane.db, { ...request, email: known.email })).toEqual({
      userId: known.id,
      isNew: false,
    });
    await expect(
      addTeamAccount(plane.db, { ...request, tenantId: 'tenant_none', email: 'x@y.example' }),
    ).rejects.toThrow(failure('unknown_tenant'));
  });

  it('may ask everybody for a second factor, and members are told', async () => {
    expect(await scope.members.readRule()).toBe(false);
    await scope.members.ruleSecondFactor(true, ownerId);
    expect(await scope.members.readRule()).toBe(true);
    expect(await listMemberships(db, ownerId)).toMatchObject([{ requiresSecondFactor: true }]);
    expect((await scope.audit.list({ action: 'tenant.update' }, 5)).map(({ details }) => details)).toEqual([
      { after: { requiresSecondFactor: true } },
    ]);
  });

  it('of a member whose last site is deleted is one with no sites, not with all', async () => {
    const member = await newPerson();
    await scope.members.add({ userId: member.id, role: 'admin', sites: [siteId], ...owner() });
    await plane.pool.query('DELETE FROM site WHERE id = $1', [siteId]);
    expect(await listMemberships(db, member.id)).toMatchObject([{ sites: [] }]);
  });
});

describe('a transfer', () => {
  const by = () => ({ from: ownerId, actor: ownerId, actorRole: 'owner' as const });

  it('makes a member the owner, without a limit to some sites, and an admin of whoever had it', async () => {
    const heir = await newPerson();
    await scope.members.add({ userId: heir.id, role: 'viewer', sites: [siteId], actor: ownerId });
    expect(await scope.members.transfer(heir.id, by())).toMatchObject({ email: heir.email });
    const roles = (await scope.members.list()).map(({ userId, role, sites }) => [userId, role, sites]);
    expect(roles).toEqual([
      [ownerId, 'admin', 'all'],
      [heir.id, 'owner', 'all'],
    ]);
    expect((await scope.audit.list({ action: 'tenant.transfer' }, 10)).map(({ subject }) => subject)).toEqual(
      [heir.id],
    );
  });

  it('goes to nobody who is not of the team, nor to whoever has it, and is an owner’s alone', async () => {
    const stranger = await newPerson();
    await expect(scope.members.transfer(stranger.id, by())).rejects.toThrow(failure('unknown_member'));
    await expect(scope.members.transfer(ownerId, by())).rejects.toThrow(failure('unknown_member'));
    const asAdmin = { ...by(), actorRole: 'admin' as const };
    await expect(scope.members.transfer(stranger.id, asAdmin)).rejects.toThrow(
      failure('role_not_yours_to_give'),
    );
    expect((await scope.members.list())[0]?.role).toBe('owner');
  });
});
