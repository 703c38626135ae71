import type { PlatformEntry } from '@footfall/db/staff/settings';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { type Column, StaffTable } from './table.tsx';

/** What the platform's staff did, latest first. */
export function PlatformAudit({ entries }: { entries: readonly PlatformEntry[] }) {
  const words = useWords('staffAudit');
  const formats = useFormats();
  if (entries.length === 0) return <p className="py-4 text-quiet">{words('none')}</p>;
  const columns: Column[] = [
    { head: words('action') },
    { head: words('who'), wide: true },
    { head: words('about') },
    { head: words('details'), wide: true },
    { head: words('when'), number: true },
  ];
  const rows = entries.map(({ id, actor, action, subject, aboutTenant, address, details, createdAt }) => ({
    key: id,
    cells: [
      <span key="action">
        <span className="font-medium">{action}</span>
        <code className="block font-mono text-xs text-quiet">{subject}</code>
      </span>,
      <span key="who">
        <code className="font-mono text-xs">{actor}</code>
        <span className="block text-quiet">{address}</span>
      </span>,
      aboutTenant === null ? (
        words('platform')
      ) : (
        <TextLink key="about" href={`/operator/tenants/${encodeURIComponent(aboutTenant)}`}>
          {aboutTenant}
        </TextLink>
      ),
      <code key="details" className="font-mono text-xs text-quiet">
        {details === null ? '' : JSON.stringify(details)}
      </code>,
      formats.momentAt(createdAt, 'UTC'),
    ],
  }));
  return <StaffTable caption={words('title')} columns={columns} rows={rows} />;
}
