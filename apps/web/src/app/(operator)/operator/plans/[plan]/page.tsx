import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { loadPlan } from '#operator/catalog/plan-console.ts';
import { PlanPanels } from '#operator/catalog/plan-panels.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle } from '#words/reader.ts';

export const generateMetadata = pageTitle('plan');

export default staffPage('/operator/plans/[plan]', async ({ params }) => {
  const loaded = await loadPlan(params.plan ?? '');
  if (loaded === null) notFound();
  return (
    <ClientWords of={['planConsole', 'plans', 'proof', 'failures']}>
      <StaffMain title={loaded.plan.title}>
        <p className="-mt-5 text-quiet">
          <code className="font-mono text-xs">{loaded.plan.name}</code>
        </p>
        <PlanPanels {...loaded} />
      </StaffMain>
    </ClientWords>
  );
});
