import { staffPage } from '#access/page.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { loadWork } from '#operator/work.ts';
import { WorkPanels } from '#operator/work-panels.tsx';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

/** How often the page is asked for again while somebody looks, milliseconds. */
const EVERY_MS = 10_000;

export const generateMetadata = pageTitle('jobs');

export default staffPage('/operator/jobs', async () => {
  const words = await readerWords('staffJobs');
  return (
    <StaffMain title={words('title')}>
      <WorkPanels loaded={await loadWork()} />
      <RefreshWhile active everyMs={EVERY_MS} />
    </StaffMain>
  );
});
