import { notFound } from 'next/navigation';
import { staffPage } from '#access/page.ts';
import { formatsIn } from '#format/formats.ts';
import { StaffMain } from '#operator/staff-main.tsx';
import { TenantPanels } from '#operator/tenant-panels.tsx';
import { loadTenant } from '#operator/tenants.ts';
import { pageTitle, readerLocale, readerWords } from '#words/reader.ts';

export const generateMetadata = pageTitle('tenant');

export default staffPage('/operator/tenants/[tenant]', async ({ params }) => {
  const words = await readerWords('staffTenants');
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
    </StaffMain>
  );
});
