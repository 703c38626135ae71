import { mayAssign, type Role, TENANT_ROLES, type TenantRole, tenantRole } from '@footfall/core/access/role';
import { controlFailure } from '../errors.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireRoom } from './limit.ts';
import { checkMemberSites, type MemberSites } from './member-sites.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** Somebody of a tenant's team. */
export type TeamMember = {
  userId: string;
  email: string;
  name: string;
  role: TenantRole;
  sites: MemberSites;
  joinedAt: Date;
  /** Whether they have a second factor: TOTP or a passkey. */
  hasSecondFactor: boolean;
};

/** Who changes a team: their role says what they may give and take; absent for the operator. */
export type TeamActor = { actor: Actor; actorRole?: Role | undefined };

/** Who has been handed a tenant. */
export type Heir = { name: string; email: string; locale: string | null };

type NewMember = TeamActor & { userId: string; role: string; sites: MemberSites };
type MemberChange = TeamActor & { role: string; sites: MemberSites };

/** The members of one tenant; see scope.ts. */
export type Members = {
  /** Oldest first. */
  list(): Promise<TeamMember[]>;
  /** @throws Failure `unknown_role`, `role_not_yours_to_give`, `unknown_site`, `already_member`, `too_many`, `unknown_tenant` */
  add(member: NewMember): Promise<void>;
  /** @throws Failure `unknown_member`, `unknown_role`, `role_not_yours_to_give`, `unknown_site`, `last_owner` */
  change(userId: string, change: MemberChange): Promise<void>;
  /** Takes somebody out of the team; their personal API keys end with it. @throws Failure `unknown_member`, `role_not_yours_to_give`, `last_owner` */
  remove(userId: string, by: TeamActor): Promise<void>;
  /** Makes another member the owner, and an admin of whoever hands it over. Answers who has it now. @throws Failure `unknown_member`, `role_not_yours_to_give` */
  transfer(userId: string, by: TeamActor & { from: string }): Promise<Heir>;
  /** Whether everybody needs a second factor. */
  readRule(): Promise<boolean>;
  /** From now on everybody needs a second factor to see anything of the tenant, or nobody does. */
  ruleSecondFactor(isRequired: boolean, actor: Actor): Promise<void>;
};

/** @throws Failure `unknown_role` */
export function requireRole(text: string): TenantRole {
  const role = tenantRole(text);
  if (role !== null) return role;
  throw controlFailure(
    'unknown_role',
    `${JSON.stringify(text)} is not a role; allowed are ${TENANT_ROLES.join(', ')}`,
    { where: 'role', values: { role: text } },
  );
}

/** The role that a text names, where this role may give it. @throws Failure `unknown_role`, `role_not_yours_to_give` */
export function requireAssignable(actorRole: Role | undefined, text: string): TenantRole {
  const role = requireRole(text);
  checkMayAssign(actorRole, role);
  return role;
}

/** @throws Failure `role_not_yours_to_give` */
export function checkMayAssign(actorRole: Role | undefined, role: TenantRole): void {
  if (actorRole === undefined || mayAssign(actorRole, role)) return;
  throw controlFailure('role_not_yours_to_give', `only an owner decides who is ${role}`, {
    where: 'role',
    values: { role },
  });
}

/** Transactions that change a team take their turns: two owners who leave at once would leave it without one. */
export async function lockTeam(transaction: Transaction, tenantId: string): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM tenant WHERE id = ${tenantId} FOR NO KEY UPDATE`;
}

async function requireMember(
  transaction: Transaction,
  tenantId: string,
  userId: string,
): Promise<{ role: TenantRole }> {
  const row = await transaction.membership.findUnique({ where: { tenantId_userId: { tenantId, userId } } });
  if (row !== null) return { role: requireRole(row.role) };
  throw controlFailure('unknown_member', 'nobody of the team has this id', { where: 'member' });
}

/** @throws Failure `last_owner` when nobody else owns the tenant */
async function checkOwnerLeft(transaction: Transaction, tenantId: string, userId: string): Promise<void> {
  const others = await transaction.membership.count({
    where: { tenantId, role: 'owner', userId: { not: userId } },
  });
  if (others === 0) throw controlFailure('last_owner', 'a team has one owner at least', { where: 'role' });
}

async function setSites(
  transaction: Transaction,
  { tenantId, userId }: { tenantId: string; userId: string },
  sites: MemberSites,
): Promise<void> {
  await transaction.membershipSite.deleteMany({ where: { tenantId, userId } });
  if (sites === 'all') return;
  const ids = await checkMemberSites(transaction, tenantId, sites);
  await transaction.membershipSite.createMany({
    data: ids.map((siteId) => ({ tenantId, userId, siteId })),
  });
}

/** Adds somebody in a transaction that has seen that they may come. */
export async function addMember(
  transaction: Transaction,
  tenantId: string,
  { userId, role: roleText, sites, actor, actorRole }: NewMember,
): Promise<void> {
  const role = requireAssignable(actorRole, roleText);
  const count = () => transaction.membership.count({ where: { tenantId } });
  await requireRoom(transaction, { tenantId, thing: 'members', count });
  const known = await transaction.membership.findUnique({ where: { tenantId_userId: { tenantId, userId } } });
  if (known !== null)
    throw controlFailure('already_member', 'they are in the team already', { where: 'email' });
  await transaction.membership.create({ data: { tenantId, userId, role, isLimited: sites !== 'all' } });
  await setSites(transaction, { tenantId, userId }, sites);
  await transaction.auditEntry.create({
    data: auditEntry({ tenantId, actor, action: 'member.add', subject: userId, details: { role, sites } }),
  });
}

async function changeMember(
  { tenantId, run }: OfTenant,
  userId: string,
  change: MemberChange,
): Promise<void> {
  const { sites, actor, actorRole } = change;
  const role = requireRole(change.role);
  await run(async (transaction) => {
    await lockTeam(transaction, tenantId);
    const before = await requireMember(transaction, tenantId, userId);
    checkMayAssign(actorRole, before.role);
    checkMayAssign(actorRole, role);
    if (before.role === 'owner' && role !== 'owner') await checkOwnerLeft(transaction, tenantId, userId);
    await transaction.membership.update({
      where: { tenantId_userId: { tenantId, userId } },
      data: { role, isLimited: sites !== 'all' },
    });
    await setSites(transaction, { tenantId, userId }, sites);
    const details = { before: { role: before.role }, after: { role, sites } };
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'member.change', subject: userId, details }),
    });
  });
}

async function removeMember(
  { tenantId, run }: OfTenant,
  userId: string,
  { actor, actorRole }: TeamActor,
): Promise<void> {
  await run(async (transaction) => {
    await lockTeam(transaction, tenantId);
    const { role } = await requireMember(transaction, tenantId, userId);
    checkMayAssign(actorRole, role);
    if (role === 'owner') await checkOwnerLeft(transaction, tenantId, userId);
    await transaction.membership.delete({ where: { tenantId_userId: { tenantId, userId } } });
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'member.remove', subject: userId, details: { role } }),
    });
  });
}

async function transferTenant(
  { tenantId, run }: OfTenant,
  userId: string,
  { from, actor, actorRole }: TeamActor & { from: string },
): Promise<Heir> {
  return run(async (transaction) => {
    await lockTeam(transaction, tenantId);
    checkMayAssign(actorRole, 'owner');
    // Whoever hands it to themselves would be left an admin of nobody's team.
    const { role } = await requireMember(transaction, tenantId, userId === from ? '' : userId);
    const change = (who: string, after: TenantRole) =>
      transaction.membership.update({
        where: { tenantId_userId: { tenantId, userId: who } },
        data: { role: after, isLimited: false },
      });
    await change(userId, 'owner');
    await setSites(transaction, { tenantId, userId }, 'all');
    await change(from, 'admin');
    const details = { before: { role }, after: { role: 'owner' }, from };
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'tenant.transfer', subject: userId, details }),
    });
    const select = { name: true, email: true, locale: true };
    return transaction.user.findUniqueOrThrow({ where: { id: userId }, select });
  });
}

async function listMembers({ tenantId, run }: OfTenant): Promise<TeamMember[]> {
  const rows = await run(({ membership }) =>
    membership.findMany({
      where: { tenantId },
      orderBy: [{ createdAt: 'asc' }, { userId: 'asc' }],
      select: {
        userId: true,
        role: true,
        isLimited: true,
        createdAt: true,
        sites: { select: { siteId: true }, orderBy: { siteId: 'asc' } },
        user: {
          select: {
            email: true,
            name: true,
            totp: { select: { confirmedAt: true } },
            _count: { select: { passkeys: true } },
          },
        },
      },
    }),
  );
  return rows.map(({ userId, role, isLimited, createdAt, sites, user }) => ({
    userId,
    email: user.email,
    name: user.name,
    role,
    sites: isLimited ? sites.map(({ siteId }) => siteId) : 'all',
    joinedAt: createdAt,
    hasSecondFactor: user._count.passkeys > 0 || (user.totp?.confirmedAt ?? null) !== null,
  }));
}

async function ruleSecondFactor(
  { tenantId, run }: OfTenant,
  isRequired: boolean,
  actor: Actor,
): Promise<void> {
  const after = { requiresSecondFactor: isRequired };
  await run(async (transaction) => {
    await lockTeam(transaction, tenantId);
    await transaction.tenant.update({ where: { id: tenantId }, data: after });
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'tenant.update', subject: tenantId, details: { after } }),
    });
  });
}

/** The repository of one tenant's members. */
export function memberStore(scope: OfTenant): Members {
  return {
    list: () => listMembers(scope),
    add: (member) => scope.run((transaction) => addMember(transaction, scope.tenantId, member)),
    change: (userId, change) => changeMember(scope, userId, change),
    remove: (userId, by) => removeMember(scope, userId, by),
    transfer: (userId, by) => transferTenant(scope, userId, by),
    readRule: async () => {
      const where = { id: scope.tenantId };
      const row = await scope.run(({ tenant }) => tenant.findUniqueOrThrow({ where }));
      return row.requiresSecondFactor;
    },
    ruleSecondFactor: (isRequired, actor) => ruleSecondFactor(scope, isRequired, actor),
  };
}
