import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { ListPanel } from '#operator/list-panel.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { TenantPanels } from '#operator/tenant-panels.tsx';
import { loadTenant } from '#operator/tenants.ts';
import { VisitForm } from '#operator/visit-form.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('tenant');

export default staffPage('/operator/tenants/[tenant]', async ({ params }) => {
  const words = await readerWords('staffTenants');
  const ofVisit = await readerWords('visit');
  const formats = formatsIn(await readerLocale());
  const tenant = await loadTenant(params.tenant ?? '');
  if (tenant === null) notFound();
  return (
    <StaffMain title={tenant.name}>
      <p className="-mt-5 text-quiet">
        {words('since', { day: formats.dayAt(tenant.createdAt, 'UTC') })} ·{' '}
        <code className="font-mono text-xs">{tenant.id}</code>
      </p>
      <TenantPanels tenant={tenant} />
      <div className="max-w-text">
        <ListPanel id="visit" title={ofVisit('title')}>
          <p className="pb-4 text-quiet">{ofVisit(tenant.supportAccess ? 'text' : 'refused')}</p>
          {tenant.supportAccess && (
            <ClientWords of={['visit', 'proof', 'failures']}>
              <VisitForm tenantId={tenant.id} />
            </ClientWords>
          )}
        </ListPanel>
      </div>
    </StaffMain>
  );
});
