'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { accountAction, formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { asMember, memberMay } from '#access/session.ts';
import { readerLocale } from '#words/reader.ts';
import { tellOfDeletion, tellOfKept } from './deletion-mails.ts';

/** Has the team deleted, once its name was typed: at once nothing of it is shown, collected or answered; a week later it is gone. */
export const deleteTeam = formAction('team/deletion-actions.deleteTeam', {
  schema: z.strictObject({ name: text() }),
  run: async ({ input: { name }, member, actor, queueMail }): Promise<object> => {
    const { tenant, tenantName: team, user } = member;
    const { askedAt, owners } = await tenant.deletion.ask({ name, actor });
    const about = { tenantId: tenant.tenantId, team, person: user.name };
    await tellOfDeletion({ queueMail, owners, ...about, locale: await readerLocale() }, askedAt);
    // The bar lists the sites, and stays while pages change.
    revalidatePath('/', 'layout');
    redirect('/team/deleted');
  },
});

/** Has a team back that is being deleted: whoever may delete it. */
export const keepTeam = accountAction('team/deletion-actions.keepTeam', {
  schema: z.strictObject({ tenant: text() }),
  run: async ({ input, account, asker, services: { queueMail } }) => {
    const own = account.deleting.find(({ tenantId }) => tenantId === input.tenant);
    const member = own === undefined ? null : asMember(account, own);
    if (member === null || !memberMay(member, 'tenant.delete')) return { kept: false };
    const { tenant, tenantName: team, user } = member;
    const { owners } = await tenant.deletion.undo({ id: user.id, address: asker.client });
    const about = { tenantId: tenant.tenantId, team, person: user.name };
    await tellOfKept({ queueMail, owners, ...about, locale: await readerLocale() });
    revalidatePath('/', 'layout');
    return { kept: true };
  },
});
