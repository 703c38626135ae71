import type { ListedAudit } from '@footfall/db/tenant/audit-log';
import { useWords } from '#words/use-words.ts';

/** An entry, its moment as it is written. */
export type AuditRow = Omit<ListedAudit, 'at'> & { at: string };

const COLUMNS = ['when', 'who', 'action', 'subject', 'from', 'details'] as const;

/** What was done in a team, newest first. On a phone each entry stands for itself. */
export function AuditTable({ rows }: { rows: readonly AuditRow[] }) {
  const words = useWords('audit');
  if (rows.length === 0) return <p className="px-4 py-8 text-center text-quiet">{words('none')}</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full max-sm:block">
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line text-left text-quiet">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="px-4 py-2 font-medium whitespace-nowrap">
                {words(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line max-sm:block">
          {rows.map(({ id, at, actor, action, subject, address, details }) => (
            <tr key={id} className="align-top max-sm:block max-sm:py-2 max-sm:*:block max-sm:*:py-0.5">
              <td className="px-4 py-2 whitespace-nowrap tabular-nums">{at}</td>
              <td className="px-4 py-2 wrap-anywhere sm:min-w-56">{actor}</td>
              <td className="px-4 py-2 font-medium sm:whitespace-nowrap">{action}</td>
              <td className="px-4 py-2 font-mono text-xs wrap-anywhere sm:min-w-44">{subject}</td>
              <td className="px-4 py-2 whitespace-nowrap tabular-nums">{address ?? ''}</td>
              <td className="px-4 py-2 font-mono text-xs wrap-anywhere text-quiet sm:min-w-64">
                {details === null ? '' : JSON.stringify(details)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
