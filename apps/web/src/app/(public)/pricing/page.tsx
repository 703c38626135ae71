import { publicPage } from '#access/page.ts';
import { PlanCard } from '#billing/plan-card.tsx';
import type { PlanGives } from '#billing/plan-facts.ts';
import { PlanList } from '#billing/plan-list.tsx';
import { loadPublicPlans } from '#reports/account.ts';
import { PublicFrame } from '#shell/public-frame.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('pricing');

/** What an installation gives that takes no payment. */
const EVERYTHING: PlanGives = {
  features: [],
  events: null,
  sites: null,
  members: null,
  retentionMonths: null,
};

/** What it costs: the plans that are sold here, or that nothing is. */
export default publicPage('/pricing', async ({ account, signUp }) => {
  const words = await readerWords('pricing');
  const plans = await loadPublicPlans();
  return (
    <PublicFrame>
      <div className="space-y-6 py-8">
        <div className="max-w-text space-y-2">
          <h1 className="text-xl font-semibold">{words('title')}</h1>
          <p className="text-quiet">{plans.length === 0 ? words('freeText') : words('text')}</p>
        </div>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {plans.length === 0 && (
            <Panel aria-labelledby="free">
              <PanelHead id="free" title={words('freeTitle')} />
              <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
                <PlanList gives={EVERYTHING} />
              </div>
            </Panel>
          )}
          {plans.map((plan) => (
            <PlanCard key={plan.name} plan={plan} />
          ))}
        </div>
        {account === null && signUp === 'open' && (
          <ButtonLink href="/sign-up" variant="primary">
            {words('begin')}
          </ButtonLink>
        )}
        <p>
          <TextLink href="/">{words('home')}</TextLink>
        </p>
      </div>
    </PublicFrame>
  );
});
