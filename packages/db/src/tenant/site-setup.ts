import { isPlatform, isSetupStep, type Platform, type SetupStep } from '@footfall/core/platform';
import { controlFailure } from '../errors.ts';
import { isId } from '../id.ts';
import { type Actor, auditEntry, changedFields } from './audit.ts';
import type { OfTenant } from './transaction.ts';

/** How far the setting up of a site has come. */
export type SiteSetup = { platform: Platform | null; step: SetupStep };

/** What is kept of it anew; what is left out stays. */
export type SetupChange = { platform?: Platform; step: SetupStep; actor: Actor };

const readSetup = (row: { platform: string | null; setupStep: string }): SiteSetup => ({
  platform: isPlatform(row.platform) ? row.platform : null,
  // What a later version has written is done, as far as this one knows.
  step: isSetupStep(row.setupStep) ? row.setupStep : 'done',
});

/** How far the setting up of one of a tenant's sites has come; null when it has none of this id. */
export async function findSetup({ tenantId, run }: OfTenant, siteId: string): Promise<SiteSetup | null> {
  if (!isId(siteId)) return null;
  const row = await run(({ site }) =>
    site.findFirst({ where: { id: siteId, tenantId }, select: { platform: true, setupStep: true } }),
  );
  return row && readSetup(row);
}

/** Keeps how far it has come. Throws Failure `unknown_site`. */
export async function setUpSite(
  { tenantId, run }: OfTenant,
  siteId: string,
  change: SetupChange,
): Promise<void> {
  const { actor, platform, step } = change;
  const unknown = () =>
    controlFailure('unknown_site', `there is no site ${JSON.stringify(siteId)}`, { where: 'site' });
  if (!isId(siteId)) throw unknown();
  await run(async (transaction) => {
    const before = await transaction.site.findFirst({ where: { id: siteId, tenantId } });
    if (before === null) throw unknown();
    const wanted = { platform: platform ?? before.platform, setupStep: step };
    const details = changedFields(before, wanted);
    if (Object.keys(details.after).length === 0) return;
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'site.set_up', subject: siteId, details }),
    });
    await transaction.site.update({ where: { id: siteId }, data: wanted });
  });
}
