import type { TenantRow } from '@footfall/db/staff/tenants';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { type Column, StaffTable } from './table.tsx';

/** Tenants of the installation, with what they have and use. */
export function TenantTable({ tenants }: { tenants: readonly TenantRow[] }) {
  const words = useWords('staffTenants');
  const formats = useFormats();
  const columns: Column[] = [
    { head: words('tenant') },
    { head: words('plan'), wide: true },
    { head: words('sites'), number: true },
    { head: words('members'), number: true, wide: true },
    { head: words('events'), number: true },
    { head: words('created'), number: true, wide: true },
  ];
  const rows = tenants.map(({ id, name, plan, sites, members, events, createdAt }) => ({
    key: id,
    cells: [
      <TextLink key="name" href={`/operator/tenants/${encodeURIComponent(id)}`}>
        {name}
      </TextLink>,
      plan,
      formats.exactNumber(sites),
      formats.exactNumber(members),
      formats.exactNumber(events),
      formats.dayAt(createdAt, 'UTC'),
    ],
  }));
  return <StaffTable caption={words('title')} columns={columns} rows={rows} />;
}
