'use server';

import { inTenant } from '@footfall/db/tenant/scope';
import { z } from 'zod';
import { accountAction, formAction } from '#access/action.ts';
import { text, tick } from '#access/form.ts';
import { portalLink } from '#access/portal-link.ts';
import { readerLocale } from '#words/reader.ts';
import { chosenSites, SITE_CHOICE } from './site-choice.ts';

/**
 * Asks somebody to join the team. The link is in this answer, for whoever would rather send it themselves, and never again. Whoever has
 * not shown that mail reaches them sends none to others: else a stranger could write to anybody in our name.
 */
export const inviteMember = formAction('team/member-actions.inviteMember', {
  schema: z.strictObject({ email: text(), role: text(), ...SITE_CHOICE }),
  run: async ({ input: { email, role, ...choice }, member, actor, queueMail }) => {
    const invitation = await member.tenant.invitations.create({
      email,
      role,
      sites: chosenSites(choice),
      actor,
      actorRole: member.role,
    });
    const { user, tenant, tenantName } = member;
    const facts = { token: invitation.token, team: tenantName, inviter: user.name };
    const mail = { to: invitation.email, locale: await readerLocale(), aboutTenant: tenant.tenantId };
    if (user.isVerified) await queueMail({ ...mail, template: 'invitation', facts });
    const link = portalLink(`/invitations/${invitation.token}`);
    return { invited: invitation.email, isMailed: user.isVerified, link };
  },
});

/** Takes an invitation back. */
export const withdrawInvitation = formAction('team/member-actions.withdrawInvitation', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) => {
    await tenant.invitations.withdraw(id, actor);
    return {};
  },
});

/** Gives a member another role, or other sites. */
export const changeMember = formAction('team/member-actions.changeMember', {
  schema: z.strictObject({ user: text(), role: text(), ...SITE_CHOICE }),
  run: async ({ input: { user, role, ...choice }, member, actor }) => {
    const sites = chosenSites(choice);
    await member.tenant.members.change(user, { role, sites, actor, actorRole: member.role });
    return { saved: true };
  },
});

/** Takes somebody out of the team. */
export const removeMember = formAction('team/member-actions.removeMember', {
  schema: z.strictObject({ user: text() }),
  run: async ({ input: { user }, member, actor }) => {
    await member.tenant.members.remove(user, { actor, actorRole: member.role });
    return {};
  },
});

/** Whether everybody of the team needs a second factor. */
export const ruleSecondFactor = formAction('team/member-actions.ruleSecondFactor', {
  schema: z.strictObject({ required: tick() }),
  run: async ({ input: { required }, member: { tenant }, actor }) => {
    await tenant.members.ruleSecondFactor(required, actor);
    return { saved: true };
  },
});

/** From now on this browser sees another of the reader's teams. */
export const chooseTeam = accountAction('team/member-actions.chooseTeam', {
  schema: z.strictObject({ tenant: text() }),
  run: async ({ input: { tenant }, account, services: { sessions } }) => {
    const isOwn = account.memberships.some(({ tenantId }) => tenantId === tenant);
    if (isOwn) await sessions.chooseTenant(account.session.id, tenant);
    return { chosen: isOwn };
  },
});

/** Leaves a team; its last owner cannot. */
export const leaveTeam = accountAction('team/member-actions.leaveTeam', {
  schema: z.strictObject({ tenant: text() }),
  run: async ({ input: { tenant }, account, asker, services: { database } }) => {
    // Also one that they see nothing of for now.
    const own = [...account.memberships, ...account.locked].find(({ tenantId }) => tenantId === tenant);
    if (own === undefined) return { left: false };
    const { id } = account.user;
    await inTenant(database, tenant).members.remove(id, { actor: { id, address: asker.client } });
    return { left: true };
  },
});
