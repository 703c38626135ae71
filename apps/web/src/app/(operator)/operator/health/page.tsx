import { staffPage } from '#access/page.ts';
import { describeParts } from '#operator/health/lines.ts';
import { lookAtInstallation } from '#operator/health/look.ts';
import { HealthPanels } from '#operator/health/panels.tsx';
import { noteStates } from '#operator/health/since.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { RefreshWhile } from '#shell/refresh-while.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

/** How often the page is asked for again while somebody looks, milliseconds. */
const EVERY_MS = 10_000;

export const generateMetadata = pageTitle('installation');

export default staffPage('/operator/health', async () => {
  const words = await readerWords('staffHealth');
  const found = await lookAtInstallation();
  return (
    <StaffMain title={words('title')}>
      <HealthPanels found={found} lines={noteStates(describeParts(found), found.now)} />
      <RefreshWhile active everyMs={EVERY_MS} />
    </StaffMain>
  );
});
