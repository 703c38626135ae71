import { staffPage } from '#access/page.ts';
import { loadRevenue } from '#operator/revenue/revenue-console.ts';
import { RevenuePanels } from '#operator/revenue/revenue-panels.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('revenue');

export default staffPage('/operator/revenue', async () => {
  const words = await readerWords('revenue');
  return (
    <StaffMain title={words('title')}>
      <p className="-mt-4 max-w-text text-quiet">{words('text')}</p>
      <RevenuePanels {...(await loadRevenue())} />
    </StaffMain>
  );
});
