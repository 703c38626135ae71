import type { TenantState } from '@footfall/core/billing/entitlement';
import { memberPage } from '#access/page.ts';
import { givenBy } from '#billing/plan-facts.ts';
import { PlanList } from '#billing/plan-list.tsx';
import { UsagePanel } from '#billing/usage-panel.tsx';
import { formatsIn } from '#format/formats.ts';
import { loadAccount, loadSiteUse } from '#reports/account.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Badge } from '#ui/badge.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('billing');

const TONES: Readonly<Record<TenantState, 'neutral' | 'good' | 'bad' | 'warning'>> = {
  free: 'neutral',
  trial: 'good',
  active: 'good',
  grace: 'warning',
  restricted: 'bad',
  ending: 'warning',
  closed: 'bad',
  suspended: 'bad',
};

/** The tenant's plan, what it gives, and what is used of it. */
export default memberPage('/billing', async ({ member: { tenant, tenantName } }) => {
  const words = await readerWords('billing');
  const formats = formatsIn(await readerLocale());
  const [account, sites] = await Promise.all([loadAccount(tenant.tenantId), loadSiteUse(tenant.tenantId)]);
  const { entitlement } = account;
  return (
    <>
      <main className="mx-auto w-full max-w-text space-y-6 px-4 py-10 sm:px-6">
        <div>
          <h1 className="text-lg font-semibold">{words('title')}</h1>
          <p className="pt-1 text-quiet wrap-anywhere">{tenantName}</p>
        </div>
        <Panel aria-labelledby="plan">
          <PanelHead id="plan" title={words('plan', { plan: entitlement.title })}>
            <Badge tone={TONES[entitlement.state]}>{words(`states.${entitlement.state}`)}</Badge>
          </PanelHead>
          <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
            <p className="text-quiet">
              {entitlement.until === null
                ? words(`texts.${entitlement.state}`)
                : words('until', {
                    text: words(`texts.${entitlement.state}`),
                    day: formats.dayAt(entitlement.until, 'UTC'),
                  })}
            </p>
            <PlanList gives={givenBy(entitlement)} />
          </div>
        </Panel>
        <UsagePanel account={account} sites={sites} />
      </main>
      <Shortcuts />
    </>
  );
});
