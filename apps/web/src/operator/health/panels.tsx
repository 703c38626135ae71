import { LOGIC_VERSION } from '@footfall/core/logic-version';
import type { DiskReport } from '@footfall/installation/space-warnings';
import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import { LedgerTable } from '#health/ledger-table.tsx';
import { useWords } from '#words/use-words.ts';
import { KnownPart } from '../known-part.tsx';
import { ListPanel } from '../list-panel.tsx';
import { type Column, StaffTable } from '../table.tsx';
import { LEDGER_DAYS } from './ledger.ts';
import type { Line } from './lines.ts';
import type { Found } from './look.ts';
import { PartList } from './part-list.tsx';

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-2.5 last:border-0">
      <dt className="text-quiet">{term}</dt>
      <dd className="text-right tabular-nums">{children}</dd>
    </div>
  );
}

function Freshness({ found: { freshness, lag, now } }: { found: Found }) {
  const words = useWords('staffHealth');
  const formats = useFormats();
  const age = (since: number) => formats.duration(Math.max(0, (now - since) / 1_000));
  return (
    <>
      <KnownPart known={freshness}>
        {({ data_through: through, waiting_days: days, waiting_sites: sites }) => (
          <dl>
            <Fact term={words('through')}>
              {words('ago', {
                moment: formats.clockAt(Date.parse(through), 'UTC'),
                age: age(Date.parse(through)),
              })}
            </Fact>
            <Fact term={words('waitingDays')}>
              {days === 0
                ? formats.exactNumber(days)
                : words('daysOfSites', {
                    days: formats.exactNumber(days),
                    sites: formats.exactNumber(sites),
                  })}
            </Fact>
          </dl>
        )}
      </KnownPart>
      <KnownPart known={lag}>
        {(lags) => (
          <dl className="border-t border-line">
            {(['processor', 'aggregator'] as const).map((group) => {
              const { pending = 0, oldest_received_at: oldest = null } = lags[group] ?? {};
              const count = formats.exactNumber(pending);
              return (
                <Fact key={group} term={words(`lag.${group}`)}>
                  {oldest === null
                    ? words('batches', { count })
                    : words('batchesSince', { count, age: age(Date.parse(oldest)) })}
                </Fact>
              );
            })}
          </dl>
        )}
      </KnownPart>
    </>
  );
}

/** Disks, names of one disk together. */
function Disks({ disks }: { disks: readonly DiskReport[] }) {
  const words = useWords('staffHealth');
  const formats = useFormats();
  const columns: Column[] = [
    { head: words('disk') },
    { head: words('free'), number: true },
    { head: words('size'), number: true },
    { head: words('forecast'), number: true },
  ];
  const byDevice = [...Map.groupBy(disks, ({ device }) => device)];
  const rows = byDevice.map(([device, same]) => {
    const left = same.flatMap(({ daysLeft }) => daysLeft ?? []);
    return {
      key: String(device),
      cells: [
        <span key="names">
          {same.map(({ name }) => words(`disks.${name}`)).join(', ')}
          <code className="block font-mono text-xs text-quiet max-sm:hidden">
            {same.map(({ folder }) => folder).join(' · ')}
          </code>
        </span>,
        formats.bytes(same[0]?.free ?? 0),
        formats.bytes(same[0]?.size ?? 0),
        left.length === 0 ? words('notFilling') : words('fullIn', { days: Math.min(...left) }),
      ],
    };
  });
  return <StaffTable caption={words('space')} columns={columns} rows={rows} />;
}

function Space({ space }: Pick<Found, 'space'>) {
  const words = useWords('staffHealth');
  const formats = useFormats();
  return (
    <KnownPart known={space}>
      {({ disks, database: { size, growthPerDay } }) => (
        <>
          <Disks disks={disks} />
          <p className="border-t border-line pt-2.5 text-quiet">
            {growthPerDay === null
              ? words('databaseSize', { size: formats.bytes(size) })
              : words('databaseGrows', { size: formats.bytes(size), growth: formats.bytes(growthPerDay) })}
          </p>
        </>
      )}
    </KnownPart>
  );
}

function Spools({ spools, now }: Pick<Found, 'spools' | 'now'>) {
  const words = useWords('staffHealth');
  const formats = useFormats();
  const age = (since: number) => formats.duration(Math.max(0, (now - since) / 1_000));
  const columns: Column[] = [
    { head: words('spool') },
    { head: words('events'), number: true },
    { head: words('oldest'), number: true },
    { head: words('heard'), number: true, wide: true },
  ];
  return (
    <KnownPart known={spools}>
      {(all) => {
        const held = all.filter(({ records }) => records > 0);
        if (held.length === 0) return <p className="py-1 text-quiet">{words('noSpools')}</p>;
        const rows = held.map(({ id, place, records, oldestReceivedAt, saidAt }) => ({
          key: id,
          cells: [
            <code key="place" className="font-mono text-xs">
              {place}
            </code>,
            formats.exactNumber(records),
            age(oldestReceivedAt),
            age(saidAt.getTime()),
          ],
        }));
        return <StaffTable caption={words('spools')} columns={columns} rows={rows} />;
      }}
    </KnownPart>
  );
}

function Versions({ found: { version, database } }: { found: Found }) {
  const words = useWords('staffHealth');
  return (
    <dl>
      <Fact term="Footfall">{version}</Fact>
      <Fact term={words('logic')}>{LOGIC_VERSION}</Fact>
      <Fact term={words('node')}>{process.versions.node}</Fact>
      <KnownPart known={database}>{(postgres) => <Fact term={words('postgres')}>{postgres}</Fact>}</KnownPart>
    </dl>
  );
}

/** How an installation is: its parts first, then what they have to do, where it lies, and what became of the events. */
export function HealthPanels({ found, lines }: { found: Found; lines: readonly Line[] }) {
  const words = useWords('staffHealth');
  const { space, spools, now, ledger } = found;
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <div className="min-w-0 space-y-6">
        <ListPanel id="parts" title={words('parts')}>
          <PartList lines={lines} hasServices={Object.keys(found.services.value ?? {}).length > 0} />
        </ListPanel>
        <ListPanel id="versions" title={words('versions')}>
          <Versions found={found} />
        </ListPanel>
      </div>
      <div className="min-w-0 space-y-6">
        <ListPanel id="freshness" title={words('freshness')}>
          <Freshness found={found} />
        </ListPanel>
        <ListPanel id="ledger" title={words('ledger')}>
          <KnownPart known={ledger}>
            {({ days, total }) => (
              <>
                <p className="pb-2 text-quiet">{words('ledgerText', { days: LEDGER_DAYS })}</p>
                <LedgerTable days={days} total={total} />
              </>
            )}
          </KnownPart>
        </ListPanel>
        <ListPanel id="space" title={words('space')}>
          <Space space={space} />
        </ListPanel>
        <ListPanel id="spools" title={words('spools')}>
          <Spools spools={spools} now={now} />
        </ListPanel>
      </div>
    </div>
  );
}
