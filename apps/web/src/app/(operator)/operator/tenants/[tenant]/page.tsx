import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { ListPanel } from '#operator/list-panel.tsx';
import { StaffMain } from '#operator/staff-main.tsx';
import { SuspendForm } from '#operator/suspend-form.tsx';
import { TenantPanels } from '#operator/tenant-panels.tsx';
import { loadTenant } from '#operator/tenants.ts';
import { VisitForm } from '#operator/visit-form.tsx';
import { Badge } from '#ui/badge.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('tenant');

export default staffPage('/operator/tenants/[tenant]', async ({ params }) => {
  const words = await readerWords('staffTenants');
  const ofSuspension = await readerWords('suspension');
  const ofVisit = await readerWords('visit');
  const formats = formatsIn(await readerLocale());
  const tenant = await loadTenant(params.tenant ?? '');
  if (tenant === null) notFound();
  return (
    <StaffMain title={tenant.name}>
      <p className="-mt-5 text-quiet">
        {words('since', { day: formats.dayAt(tenant.createdAt, 'UTC') })} ·{' '}
        <code className="font-mono text-xs">{tenant.id}</code>{' '}
        {tenant.suspended !== null && <Badge tone="bad">{ofSuspension('badge')}</Badge>}
      </p>
      <TenantPanels tenant={tenant} />
      <div className="max-w-text space-y-6">
        <ListPanel id="suspension" title={ofSuspension('title')}>
          <p className="pb-4 text-quiet wrap-anywhere">
            {tenant.suspended === null
              ? ofSuspension('text')
              : ofSuspension('textOn', {
                  day: formats.dayAt(tenant.suspended.at, 'UTC'),
                  reason: tenant.suspended.reason,
                })}
          </p>
          <ClientWords of={['suspension', 'proof', 'failures']}>
            <SuspendForm
              key={String(tenant.suspended !== null)}
              tenantId={tenant.id}
              isSuspended={tenant.suspended !== null}
            />
          </ClientWords>
        </ListPanel>
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
