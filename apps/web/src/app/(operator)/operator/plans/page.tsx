import { staffPage } from '#access/page.ts';
import { PlanTable } from '#operator/plan-table.tsx';
import { loadPlans } from '#operator/plans.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('plans');

export default staffPage('/operator/plans', async () => {
  const words = await readerWords('staffPlans');
  return (
    <StaffMain title={words('title')}>
      <div className="-mt-4 flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-text text-quiet">{words('text')}</p>
        <ButtonLink href="/operator/plans/new" variant="primary">
          {words('new')}
        </ButtonLink>
      </div>
      <Panel aria-label={words('title')}>
        <div className="px-4 py-2 sm:px-5">
          <PlanTable plans={await loadPlans()} />
        </div>
      </Panel>
    </StaffMain>
  );
});
