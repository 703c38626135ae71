import type { TenantRole } from '@footfall/core/access/role';
import { checkAll } from '@footfall/core/failure';
import { checkPassword, hashPassword } from '../account/password.ts';
import { hashToken, isSecretToken, newSecretToken } from '../account/secret-token.ts';
import {
  emailTaken,
  findUser,
  findUserByEmail,
  type InTurn,
  normaliseEmail,
  type User,
} from '../account/user.ts';
import { controlFailure } from '../errors.ts';
import { isId, newId } from '../id.ts';
import { type Database, isTaken } from '../prisma.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireRoom } from './limit.ts';
import { addMember, requireAssignable, type TeamActor } from './member.ts';
import { checkMemberSites, type MemberSites } from './member-sites.ts';
import { checkTenantName } from './tenant.ts';
import { type OfTenant, tenantTransaction } from './transaction.ts';

/** How long an invitation is valid, milliseconds: as all tokens in mails. */
const VALID_MS = 24 * 3_600_000;

/** An invitation that was not answered yet. */
export type OpenInvitation = {
  id: string;
  email: string;
  role: TenantRole;
  sites: MemberSites;
  createdAt: Date;
  expiresAt: Date;
};

type NewInvitation = TeamActor & { email: string; role: string; sites: MemberSites };

/** The invitations of one tenant; see scope.ts. */
export type Invitations = {
  /** Also those that have expired: they can be sent again. */
  list(): Promise<OpenInvitation[]>;
  /**
   * Asks somebody to join; asking the same address again replaces the earlier invitation. The token is answered here and never again.
   * @throws Failure `invalid_email`, `unknown_role`, `role_not_yours_to_give`, `unknown_site`, `already_member`, `too_many`
   */
  create(invitation: NewInvitation): Promise<{ id: string; token: string; email: string }>;
  /** Answers false when there is no such invitation. */
  withdraw(id: string, actor: Actor): Promise<boolean>;
};

async function invite(
  { tenantId, run }: OfTenant,
  { actor, actorRole, ...request }: NewInvitation,
): Promise<{ id: string; token: string; email: string }> {
  const [email, role] = checkAll(
    () => normaliseEmail(request.email),
    () => requireAssignable(actorRole, request.role),
  );
  const [id, token] = [newId('invitation'), newSecretToken()];
  await run(async (transaction) => {
    const known = await transaction.membership.count({ where: { tenantId, user: { email } } });
    if (known > 0) throw controlFailure('already_member', 'they are in the team already', { where: 'email' });
    const count = async () =>
      (await transaction.membership.count({ where: { tenantId } })) +
      (await transaction.invitation.count({ where: { tenantId, email: { not: email } } }));
    await requireRoom(transaction, { tenantId, thing: 'members', count });
    const siteIds =
      request.sites === 'all' ? [] : await checkMemberSites(transaction, tenantId, request.sites);
    const invitedBy = typeof actor === 'string' ? actor : actor.id;
    await transaction.invitation.deleteMany({ where: { tenantId, email } });
    await transaction.invitation.create({
      data: {
        id,
        tenantId,
        hash: hashToken(token),
        email,
        role,
        isLimited: request.sites !== 'all',
        siteIds,
        invitedBy,
        expiresAt: new Date(Date.now() + VALID_MS),
      },
    });
    const details = { email, role, sites: request.sites };
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'member.invite', subject: id, details }),
    });
  });
  return { id, token, email };
}

async function withdraw({ tenantId, run }: OfTenant, id: string, actor: Actor): Promise<boolean> {
  if (!isId(id)) return false;
  return run(async (transaction) => {
    const { count } = await transaction.invitation.deleteMany({ where: { id, tenantId } });
    if (count === 0) return false;
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'member.withdraw_invitation', subject: id }),
    });
    return true;
  });
}

/** The repository of one tenant's invitations. */
export function invitationStore(scope: OfTenant): Invitations {
  const { tenantId, run } = scope;
  return {
    list: async () => {
      const rows = await run(({ invitation }) =>
        invitation.findMany({ where: { tenantId }, orderBy: { createdAt: 'desc' } }),
      );
      return rows.map(({ id, email, role, isLimited, siteIds, createdAt, expiresAt }) => ({
        id,
        email,
        role,
        sites: isLimited ? siteIds : 'all',
        createdAt,
        expiresAt,
      }));
    },
    create: (invitation) => invite(scope, invitation),
    withdraw: (id, actor) => withdraw(scope, id, actor),
  };
}

/** An invitation as whoever has its token sees it. */
export type PresentedInvitation = {
  id: string;
  tenantId: string;
  tenantName: string;
  email: string;
  role: string;
  sites: MemberSites;
};

type Row = Omit<PresentedInvitation, 'sites'> & { isLimited: boolean; siteIds: string[] };

/** The invitation of a token, whosever it is; null when there is none such, or it has expired. */
export async function findInvitation(db: Database, token: string): Promise<PresentedInvitation | null> {
  if (!isSecretToken(token)) return null;
  const [row] = await db.$queryRaw<Row[]>`
    SELECT id, tenant_id AS "tenantId", tenant_name AS "tenantName", email, role, is_limited AS "isLimited", site_ids AS "siteIds"
    FROM invitation_of_hash(${hashToken(token)})`;
  if (row === undefined) return null;
  const { isLimited, siteIds, ...rest } = row;
  return { ...rest, sites: isLimited ? siteIds : 'all' };
}

/** Whether the address that an invitation was sent to has an account: only who has the token is told. */
export async function hasAccount(db: Database, { email }: PresentedInvitation): Promise<boolean> {
  return (await findUserByEmail(db, email)) !== null;
}

type NewAccount = {
  name: string;
  password: string;
  /** Runs what hashes the password when it is its turn. */
  turns: { run: InTurn };
};

/**
 * Makes an account for the address of an invitation, which its token proves. To be followed by {@link acceptInvitation}.
 * @throws Failure `unknown_invitation`, `invalid_name`, `weak_password`, `common_password`, `email_taken`
 */
export async function createInvitedAccount(
  db: Database,
  token: string,
  { name, password, turns }: NewAccount,
): Promise<User> {
  const invitation = await findInvitation(db, token);
  if (invitation === null) throw unknownInvitation();
  const { email } = invitation;
  const [tenantName] = checkAll(
    () => checkTenantName(name),
    () => checkPassword(password, { email, name }),
  );
  const owner = { email, name: tenantName };
  const passwordHash = await turns.run(() => hashPassword(password, owner));
  const id = newId('user');
  try {
    await db.user.create({ data: { id, ...owner, passwordHash, emailVerifiedAt: new Date() } });
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw emailTaken(email);
  }
  return (await findUser(db, id)) as User;
}

const unknownInvitation = () =>
  controlFailure('unknown_invitation', 'this invitation is not valid any more, or is for another address', {
    where: 'token',
  });

/**
 * Makes somebody a member by the token of an invitation to their address, which uses it up. Sites that are gone by then are left out.
 * @throws Failure `unknown_invitation` when there is none such, it has expired, or is somebody else's; `already_member`, `staff_account`
 */
export async function acceptInvitation(
  db: Database,
  token: string,
  { user, address }: { user: User; address: string },
): Promise<{ tenantId: string }> {
  const invitation = await findInvitation(db, token);
  if (invitation === null || invitation.email !== user.email) throw unknownInvitation();
  if (user.staffRole !== null)
    throw controlFailure('staff_account', 'an account of the platform’s staff joins no team', {
      where: 'email',
    });
  const { tenantId, id, role } = invitation;
  await tenantTransaction(db, tenantId, async (transaction) => {
    const { count } = await transaction.invitation.deleteMany({ where: { id, tenantId } });
    if (count === 0) throw unknownInvitation();
    const sites =
      invitation.sites === 'all'
        ? 'all'
        : (
            await transaction.site.findMany({
              where: { tenantId, id: { in: [...invitation.sites] }, deletedAt: null },
              select: { id: true },
            })
          ).map((site) => site.id);
    await addMember(transaction, tenantId, { userId: user.id, role, sites, actor: { id: user.id, address } });
  });
  return { tenantId };
}
