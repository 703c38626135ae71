import type { Action } from '@footfall/core/access/permission';
import { asMember, currentAccount, type Member, memberMay } from './session.ts';

/**
 * The teams beside a member's own in which they may do something, without a limit to some sites, by name. Whoever came by a team's own
 * provider sees no other, and staff that visits is of none.
 */
export async function otherTeams(member: Member, action: Action): Promise<{ id: string; name: string }[]> {
  const account = await currentAccount();
  if (account === null || member.visit !== null) return [];
  return account.memberships
    .filter(({ tenantId }) => tenantId !== member.tenant.tenantId)
    .flatMap((membership) => {
      const there = asMember(account, membership);
      const isOpen = there !== null && there.sites === 'all' && memberMay(there, action);
      return isOpen ? [{ id: membership.tenantId, name: membership.tenantName }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}
