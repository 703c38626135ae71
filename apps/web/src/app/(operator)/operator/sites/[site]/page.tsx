import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { SitePanels } from '#operator/site-panels.tsx';
import { loadSite } from '#operator/sites.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { pageTitle } from '#words/reader.ts';

export const generateMetadata = pageTitle('site');

export default staffPage('/operator/sites/[site]', async ({ params }) => {
  const loaded = await loadSite(params.site ?? '');
  if (loaded === null) notFound();
  const { id, domain, tenantId, tenantName } = loaded.site;
  return (
    <StaffMain title={domain}>
      <p className="-mt-5 text-quiet wrap-anywhere">
        <TextLink href={`/operator/tenants/${encodeURIComponent(tenantId)}`}>{tenantName}</TextLink> ·{' '}
        <code className="font-mono text-xs">{id}</code>
      </p>
      <SitePanels loaded={loaded} />
    </StaffMain>
  );
});
