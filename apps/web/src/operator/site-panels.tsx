import type { ReportLimit } from '@footfall/db/count/report-limit';
import { useFormats } from '#format/formats.ts';
import { LedgerTable } from '#health/ledger-table.tsx';
import { RejectedList } from '#health/rejected-list.tsx';
import { listRejected } from '#reports/health.ts';
import { useWords } from '#words/use-words.ts';
import { KnownPart } from './known-part.tsx';
import { ListPanel } from './list-panel.tsx';
import { type LoadedSite, SITE_DAYS } from './sites.ts';
import { type Column, StaffTable } from './table.tsx';

function Limits({ limits }: { limits: readonly ReportLimit[] }) {
  const words = useWords('staffSites');
  const formats = useFormats();
  if (limits.length === 0) return <p className="py-1 text-quiet">{words('noLimits')}</p>;
  const columns: Column[] = [
    { head: words('day') },
    { head: words('limit') },
    { head: words('count'), number: true },
  ];
  const rows = limits.map(({ day, kind, dimension, count }) => ({
    key: `${day} ${kind} ${dimension}`,
    cells: [
      formats.dayAndMonth(day),
      <span key="limit">
        {words(`limits.${kind}`)} <code className="font-mono text-xs text-quiet">{dimension}</code>
      </span>,
      formats.exactNumber(count),
    ],
  }));
  return <StaffTable caption={words('limitsTitle')} columns={columns} rows={rows} />;
}

/** What became of a site's events, and which limits it met; none of its reports. */
export function SitePanels({ loaded: { ledger, limits } }: { loaded: LoadedSite }) {
  const words = useWords('staffSites');
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <ListPanel id="ledger" title={words('ledger')}>
          <KnownPart known={ledger}>
            {({ days, total }) =>
              days.length === 0 ? (
                <p className="py-1 text-quiet">{words('noLedger', { days: SITE_DAYS.ledger })}</p>
              ) : (
                <>
                  <p className="pb-2 text-quiet">{words('ledgerText', { days: SITE_DAYS.ledger })}</p>
                  <LedgerTable days={days} total={total} />
                </>
              )
            }
          </KnownPart>
        </ListPanel>
      </div>
      <div className="min-w-0 space-y-6">
        <ListPanel id="rejected" title={words('reasons')}>
          <KnownPart known={ledger}>
            {({ total }) => {
              const rejected = listRejected(total);
              return rejected.length === 0 ? (
                <p className="py-1 text-quiet">{words('noneRejected')}</p>
              ) : (
                <RejectedList rejected={rejected} />
              );
            }}
          </KnownPart>
        </ListPanel>
        <ListPanel id="limits" title={words('limitsTitle')}>
          <Limits limits={limits} />
        </ListPanel>
      </div>
    </div>
  );
}
