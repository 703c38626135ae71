import { knownFeatures } from '@footfall/core/billing/terms';
import type { ListedPlan } from '@footfall/db/billing/plan';
import type { ReactNode } from 'react';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { PlanList } from './plan-list.tsx';
import { PlanPrices } from './plan-prices.tsx';

/** A plan as whoever may buy it sees it; `children`: what can be done with it. */
export function PlanCard({ plan, children }: { plan: ListedPlan; children?: ReactNode }) {
  return (
    <Panel aria-labelledby={plan.name}>
      <PanelHead id={plan.name} title={plan.title} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        {plan.description !== '' && <p className="text-quiet wrap-anywhere">{plan.description}</p>}
        <PlanPrices prices={plan.prices} />
        <PlanList gives={{ ...plan, features: knownFeatures(plan.features) }} />
        {children}
      </div>
    </Panel>
  );
}
