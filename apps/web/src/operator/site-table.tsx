import type { DeletedSiteRow, StaffSite } from '@footfall/db/staff/sites';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { type Column, StaffTable } from './table.tsx';

/** Sites of the installation, with what came to them lately. */
export function SiteTable({ sites }: { sites: readonly StaffSite[] }) {
  const words = useWords('staffSites');
  const formats = useFormats();
  const columns: Column[] = [
    { head: words('domain') },
    { head: words('tenant'), wide: true },
    { head: words('stored'), number: true },
    { head: words('rejected'), number: true },
    { head: words('limited'), number: true, wide: true },
    { head: words('lastDay'), number: true, wide: true },
  ];
  const rows = sites.map(
    ({ id, domain, tenantId, tenantName, enabled, stored, rejected, limited, lastDay }) => {
      const share = rejected === 0 ? 0 : (100 * rejected) / (stored + rejected);
      return {
        key: id,
        cells: [
          <span key="domain">
            <TextLink href={`/operator/sites/${encodeURIComponent(id)}`}>{domain}</TextLink>{' '}
            {!enabled && <Badge tone="warning">{words('switchedOff')}</Badge>}
          </span>,
          <TextLink key="tenant" href={`/operator/tenants/${encodeURIComponent(tenantId)}`}>
            {tenantName}
          </TextLink>,
          formats.exactNumber(stored),
          formats.share(share),
          formats.exactNumber(limited),
          lastDay === null ? words('never') : formats.dayAndMonth(lastDay),
        ],
      };
    },
  );
  return <StaffTable caption={words('title')} columns={columns} rows={rows} />;
}

/** Sites that are gone, and those that are going. */
export function DeletedSites({ sites }: { sites: readonly DeletedSiteRow[] }) {
  const words = useWords('staffSites');
  const formats = useFormats();
  if (sites.length === 0) return <p className="py-1 text-quiet">{words('noDeleted')}</p>;
  const columns: Column[] = [
    { head: words('site') },
    { head: words('state'), whole: true },
    { head: words('deletedAt'), number: true },
  ];
  const rows = sites.map(({ id, domain, deletedAt }) => ({
    key: id,
    cells: [
      <span key="site">
        {domain}
        <code className="block font-mono text-xs text-quiet">{id}</code>
      </span>,
      <Badge key="state" tone={domain === null ? 'neutral' : 'warning'}>
        {words(domain === null ? 'gone' : 'going')}
      </Badge>,
      formats.dayAt(deletedAt, 'UTC'),
    ],
  }));
  return <StaffTable caption={words('deleted')} columns={columns} rows={rows} />;
}
