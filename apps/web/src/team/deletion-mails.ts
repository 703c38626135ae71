import { goneAt } from '@footfall/core/undo';
import type { Owner } from '@footfall/db/tenant/tenant-deletion';
import { formatsIn } from '#format/formats.ts';
import type { Services } from '#runtime/services.ts';
import { type Locale, parseLocale } from '#words/locale.ts';

type Telling = {
  queueMail: Services['queueMail'];
  owners: readonly Owner[];
  tenantId: string;
  team: string;
  /** Who did it. */
  person: string;
  /** The language of whoever has chosen none. */
  locale: Locale;
};

const eachOwner = ({ owners, locale }: Telling) =>
  owners.map(({ email, locale: own }) => ({ to: email, locale: parseLocale(own ?? undefined) ?? locale }));

/** Tells every owner that their team is being deleted, and until when it can be had back. */
export async function tellOfDeletion(telling: Telling, askedAt: Date): Promise<void> {
  const { queueMail, tenantId, team, person } = telling;
  for (const mail of eachOwner(telling)) {
    const day = formatsIn(mail.locale).dayAt(goneAt(askedAt), 'UTC');
    const facts = { team, person, day };
    await queueMail({ ...mail, aboutTenant: tenantId, template: 'team_deleted', facts });
  }
}

/** Tells every owner that their team stays. */
export async function tellOfKept(telling: Telling): Promise<void> {
  const { queueMail, tenantId, team, person } = telling;
  for (const mail of eachOwner(telling))
    await queueMail({ ...mail, aboutTenant: tenantId, template: 'team_kept', facts: { team, person } });
}
