'use server';

import { z } from 'zod';
import { formAction } from '#access/action.ts';
import { text } from '#access/form.ts';
import { type Locale, parseLocale } from '#words/locale.ts';
import { readerLocale } from '#words/reader.ts';

/** Hands the team over to another member, who becomes its owner; whoever was it stays as an admin. Both get a mail. */
export const transferTeam = formAction('team/transfer-actions.transferTeam', {
  schema: z.strictObject({ user: text() }),
  run: async ({ input, member, actor, queueMail }) => {
    const { tenant, tenantName: team, user } = member;
    const heir = await tenant.members.transfer(input.user, { from: user.id, actor, actorRole: member.role });
    const asked = await readerLocale();
    const facts = { team, person: user.name, heir: heir.name };
    for (const { email, locale } of [user, heir]) {
      const words: Locale = parseLocale(locale ?? undefined) ?? asked;
      await queueMail({
        to: email,
        locale: words,
        aboutTenant: tenant.tenantId,
        template: 'team_transferred',
        facts,
      });
    }
    return { transferred: heir.name };
  },
});
