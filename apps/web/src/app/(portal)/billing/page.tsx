import type { TenantState } from '@footfall/core/billing/entitlement';
import { memberPage } from '#access/page.ts';
import { chooseOffers } from '#billing/choice.ts';
import { MoneyPanels } from '#billing/money-panels.tsx';
import { givenBy } from '#billing/plan-facts.ts';
import { PlanList } from '#billing/plan-list.tsx';
import { SubscriptionLines } from '#billing/subscription-lines.tsx';
import { UsagePanel } from '#billing/usage-panel.tsx';
import { formatsIn } from '#format/formats.ts';
import { loadAccount, loadSiteUse } from '#reports/account.ts';
import { loadMoney } from '#reports/billing.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Badge } from '#ui/badge.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
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

/** What prices are shown in where no shop has said it. */
const CURRENCIES = { en: 'USD', de: 'EUR' } as const;

/** The tenant's plan, what it gives and costs, what is used of it, other plans, and invoices. */
export default memberPage('/billing', async ({ member: { tenant, tenantName }, searchParams }) => {
  const words = await readerWords('billing');
  const locale = await readerLocale();
  const formats = formatsIn(locale);
  const { tenantId } = tenant;
  const [account, use, money, sites] = await Promise.all([
    loadAccount(tenantId),
    loadSiteUse(tenantId),
    loadMoney(tenantId),
    tenant.sites.list(),
  ]);
  const { entitlement } = account;
  const { interval, currency } = searchParams;
  const preferred = [sites[0]?.currency ?? '', CURRENCIES[locale]];
  const only = money?.subscription?.rate?.currency;
  const choice = chooseOffers(money?.offers ?? [], { interval, currency, preferred, only });
  const mayCancel = money?.subscription != null && money.subscription.endsAt === null;
  return (
    <ClientWords of={['proof', 'failures']}>
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
            {money === null && <p className="text-quiet">{words('off')}</p>}
            {money?.subscription != null && (
              <SubscriptionLines subscription={money.subscription} payUrl={money.payUrl} />
            )}
            <PlanList gives={givenBy(entitlement)} />
            {mayCancel && <TextLink href="/billing/cancel">{words('cancelLink')}</TextLink>}
          </div>
        </Panel>
        <UsagePanel account={account} sites={use} />
        {money !== null && <MoneyPanels money={money} choice={choice} />}
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
