import type { PlanDetails } from '@footfall/db/staff/plans';
import { PlanCard } from '#billing/plan-card.tsx';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { ListPanel } from '../list-panel.tsx';
import { planFormValues } from './form-values.ts';
import { PlanChangeList } from './plan-change-list.tsx';
import { comparePlans } from './plan-changes.ts';
import { DRAFT_BOUNDS, type LoadedPlan } from './plan-console.ts';
import { PlanForm } from './plan-form.tsx';
import { StepButton } from './step-button.tsx';

/** How a plan stands, in a sentence. */
function Standing({ plan, isBilling }: Pick<LoadedPlan, 'plan' | 'isBilling'>) {
  const words = useWords('planConsole');
  const formats = useFormats();
  const { state, prices, pricesMade, productId, tenants } = plan;
  const isMissing = isBilling && state === 'published' && (productId === null || pricesMade < prices.length);
  return (
    <div className="space-y-2 text-quiet">
      <p>{words(`standing.${state}`, { made: pricesMade, all: prices.length })}</p>
      <p>{words('tenants', { count: tenants })}</p>
      {!isBilling && state !== 'manual' && <p>{words('billingOff')}</p>}
      {state === 'published' && <p>{words(plan.isTrial ? 'tried' : 'notTried')}</p>}
      {isMissing && <p>{words('notAtStripe')}</p>}
      {plan.publishedAt !== null && (
        <p>{words('publishedOn', { day: formats.dayAt(plan.publishedAt, 'UTC') })}</p>
      )}
    </div>
  );
}

/** What can be done with a plan as a whole. */
function Steps({ plan, isBilling }: Pick<LoadedPlan, 'plan' | 'isBilling'>) {
  const { name, state, draft, productId, prices, pricesMade, isTrial } = plan;
  const trial = isTrial ? 'endTrials' : 'offerTrial';
  const isMade = productId !== null && pricesMade === prices.length;
  return (
    <div className="flex flex-wrap gap-3">
      {state === 'draft' && (
        <>
          <StepButton plan={name} to="publish" named="publish" variant="primary" />
          <StepButton plan={name} to="delete" named="delete" variant="danger" />
        </>
      )}
      {state === 'publishing' && (
        <>
          <StepButton plan={name} to="publish" named="goOn" variant="primary" />
          <StepButton plan={name} to="reopen" named="reopen" />
        </>
      )}
      {state === 'published' && isBilling && !isMade && (
        <StepButton plan={name} to="connect" named="connect" variant="primary" />
      )}
      {(state === 'published' || state === 'archived') && draft === null && (
        <StepButton plan={name} to="draft" named="draft" />
      )}
      {state === 'published' && <StepButton plan={name} to={trial} named={trial} />}
      {state === 'published' && <StepButton plan={name} to="archive" named="archive" variant="danger" />}
    </div>
  );
}

function DraftLink({ name, draft }: Pick<PlanDetails, 'name' | 'draft'>) {
  const words = useWords('planConsole');
  if (draft === null || draft === name) return null;
  return (
    <p>
      <TextLink href={`/operator/plans/${encodeURIComponent(draft)}`}>
        {words('seeDraft', { draft })}
      </TextLink>
    </p>
  );
}

/** A version of a plan: how it stands, what can be done with it, what it gives, and what it changes. */
export function PlanPanels({ plan, before, isBilling }: LoadedPlan) {
  const words = useWords('planConsole');
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <ListPanel id="standing" title={words(`states.${plan.state}`)}>
          <div className="space-y-4">
            <Standing plan={plan} isBilling={isBilling} />
            <DraftLink name={plan.name} draft={plan.draft} />
            <Steps plan={plan} isBilling={isBilling} />
            {isBilling && (plan.state === 'published' || plan.state === 'archived') && plan.tenants > 0 && (
              <p>
                <TextLink href={`/operator/plans/${encodeURIComponent(plan.name)}/move`}>
                  {words('move')}
                </TextLink>
              </p>
            )}
          </div>
        </ListPanel>
        {plan.state === 'draft' && (
          <ListPanel id="edit" title={words('edit')}>
            <PlanForm start={planFormValues(plan)} plan={plan.name} bounds={DRAFT_BOUNDS} />
          </ListPanel>
        )}
      </div>
      <div className="min-w-0 space-y-6">
        <section aria-labelledby="preview" className="space-y-3">
          <h2 id="preview" className="font-semibold">
            {words('preview')}
          </h2>
          <PlanCard plan={plan} />
          {!plan.isPublic && <p className="text-quiet">{words('hidden')}</p>}
        </section>
        {before !== null && (
          <ListPanel id="changes" title={words('changesAgainst', { plan: before.name })}>
            <PlanChangeList changes={comparePlans(before, plan)} />
          </ListPanel>
        )}
      </div>
    </div>
  );
}
