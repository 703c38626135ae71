import { staffPage } from '#access/page.ts';
import { readCursor } from '#operator/address.ts';
import { OlderLink } from '#operator/older-link.tsx';
import { PlatformAudit } from '#operator/platform-audit.tsx';
import { loadPlatformAudit } from '#operator/settings.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { Panel } from '#ui/panel.tsx';
import { pageTitle, readerWords } from '#words/reader.ts';

const PATH = '/operator/audit';

export const generateMetadata = pageTitle('platformAudit');

export default staffPage('/operator/audit', async ({ searchParams }) => {
  const words = await readerWords('staffAudit');
  const after = readCursor(searchParams);
  const { rows, next } = await loadPlatformAudit(after);
  return (
    <StaffMain title={words('title')}>
      <p className="-mt-4 max-w-text text-quiet">{words('text')}</p>
      <Panel aria-label={words('title')}>
        <div className="px-4 py-2 sm:px-5">
          <PlatformAudit entries={rows} />
        </div>
        <OlderLink path={PATH} params={{}} isOlder={after !== null} next={next} />
      </Panel>
    </StaffMain>
  );
});
