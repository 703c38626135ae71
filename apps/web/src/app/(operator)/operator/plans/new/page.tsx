import { staffPage } from '#access/page.ts';
import { NEW_PLAN } from '#operator/catalog/form-values.ts';
import { DRAFT_BOUNDS, isBilling } from '#operator/catalog/plan-console.ts';
import { PlanForm } from '#operator/catalog/plan-form.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { Panel } from '#ui/panel.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('newPlan');

export default staffPage('/operator/plans/new', async () => {
  const words = await readerWords('planConsole');
  return (
    <ClientWords of={['planConsole', 'plans', 'proof', 'failures']}>
      <StaffMain title={words('newTitle')}>
        <p className="-mt-4 max-w-text text-quiet">
          {words('newText')} {!isBilling() && words('billingOff')}
        </p>
        <Panel aria-label={words('newTitle')} className="max-w-text">
          <div className="px-4 py-5 sm:px-5">
            <PlanForm start={NEW_PLAN} plan={null} bounds={DRAFT_BOUNDS} />
          </div>
        </Panel>
      </StaffMain>
    </ClientWords>
  );
});
