import type { ImportWork, RebuildWork, RemovalWork } from '@footfall/db/staff/work';
import type { ChoreStatus } from '@footfall/jobs/status';
import { useFormats } from '#format/formats.ts';
import { Badge } from '#ui/badge.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import { KnownPart } from './known-part.tsx';
import { ListPanel } from './list-panel.tsx';
import { DeletedSites } from './site-table.tsx';
import { type Column, StaffTable } from './table.tsx';
import type { LoadedWork } from './work.ts';

const TONES = { ok: 'good', running: 'neutral', behind: 'warning' } as const;

/** States of removals that there are words for. */
const REMOVAL_STATES = ['counting', 'counted', 'removing', 'removed', 'cancelled'] as const;

function Site({ id, domain }: { id: string; domain: string }) {
  return <TextLink href={`/operator/sites/${encodeURIComponent(id)}`}>{domain}</TextLink>;
}

function Chores({ chores }: { chores: readonly ChoreStatus[] }) {
  const words = useWords('staffJobs');
  const formats = useFormats();
  if (chores.length === 0) return <p className="py-1 text-quiet">{words('noChores')}</p>;
  const columns: Column[] = [
    { head: words('chore') },
    { head: words('state'), whole: true },
    { head: words('lastRun'), number: true },
    { head: words('took'), number: true, wide: true },
    { head: words('nextRun'), number: true, wide: true },
  ];
  const took = ({ startedAt, succeededAt }: ChoreStatus) =>
    startedAt === null || succeededAt === null || succeededAt < startedAt
      ? words('unknown')
      : formats.duration((succeededAt - startedAt) / 1_000);
  const rows = chores.map((chore) => ({
    key: chore.name,
    cells: [
      <span key="name">
        <code className="font-mono text-xs">{chore.name}</code>
        {chore.error !== null && (
          <span className="block text-worse">
            {words('failures', { count: chore.failures })}{' '}
            <code lang="en" className="font-mono text-xs">
              {chore.error}
            </code>
          </span>
        )}
      </span>,
      <Badge key="state" tone={TONES[chore.state]}>
        {words(`states.${chore.state}`)}
      </Badge>,
      chore.startedAt === null ? words('never') : formats.momentAt(chore.startedAt, 'UTC'),
      took(chore),
      formats.momentAt(chore.dueAt, 'UTC'),
    ],
  }));
  return <StaffTable caption={words('chores')} columns={columns} rows={rows} />;
}

function Removals({ removals }: { removals: readonly RemovalWork[] }) {
  const words = useWords('staffJobs');
  const formats = useFormats();
  if (removals.length === 0) return <p className="py-1 text-quiet">{words('noRemovals')}</p>;
  const columns: Column[] = [
    { head: words('site') },
    { head: words('state') },
    { head: words('removed'), number: true },
    { head: words('asked'), number: true, wide: true },
  ];
  const rows = removals.map(({ id, siteId, domain, state, progress, removed, requestedAt }) => {
    const known = REMOVAL_STATES.find((one) => one === state);
    const isGoing = state === 'counting' || state === 'removing';
    return {
      key: id,
      cells: [
        <Site key="site" id={siteId} domain={domain} />,
        <Badge key="state">
          {known === undefined ? state : words(`removalStates.${known}`)}
          {isGoing && progress !== null && ` ${formats.percent(Math.floor(progress * 100))}`}
        </Badge>,
        formats.exactNumber(removed),
        formats.momentAt(requestedAt, 'UTC'),
      ],
    };
  });
  return <StaffTable caption={words('removals')} columns={columns} rows={rows} />;
}

function Imports({ imports }: { imports: readonly ImportWork[] }) {
  const words = useWords('staffJobs');
  const formats = useFormats();
  if (imports.length === 0) return <p className="py-1 text-quiet">{words('noImports')}</p>;
  const columns: Column[] = [
    { head: words('site') },
    { head: words('source') },
    { head: words('events'), number: true },
    { head: words('state'), whole: true },
    { head: words('begun'), number: true, wide: true },
  ];
  const rows = imports.map(({ id, siteId, domain, source, events, createdAt, endedAt }) => ({
    key: id,
    cells: [
      <Site key="site" id={siteId} domain={domain} />,
      source,
      events === null ? words('totals') : formats.exactNumber(events),
      <Badge key="state" tone={endedAt === null ? 'neutral' : 'good'}>
        {words(endedAt === null ? 'goesOn' : 'done')}
      </Badge>,
      formats.momentAt(createdAt, 'UTC'),
    ],
  }));
  return <StaffTable caption={words('imports')} columns={columns} rows={rows} />;
}

function Rebuilds({ rebuilds, retired }: { rebuilds: readonly RebuildWork[]; retired: number }) {
  const words = useWords('staffJobs');
  const columns: Column[] = [{ head: words('site') }, { head: words('why') }];
  const rows = rebuilds.map(({ siteId, domain, timezone, nextTimezone }) => ({
    key: siteId,
    cells: [
      <Site key="site" id={siteId} domain={domain} />,
      timezone === nextTimezone ? words('anew') : words('zone', { from: timezone, to: nextTimezone }),
    ],
  }));
  return (
    <>
      {rows.length === 0 ? (
        <p className="py-1 text-quiet">{words('noRebuilds')}</p>
      ) : (
        <StaffTable caption={words('rebuilds')} columns={columns} rows={rows} />
      )}
      {retired > 0 && <p className="pt-2 text-quiet">{words('retired', { count: retired })}</p>}
    </>
  );
}

/** What is done in the background: by the clock, and about sites. */
export function WorkPanels({ loaded: { chores, work, deleted } }: { loaded: LoadedWork }) {
  const words = useWords('staffJobs');
  return (
    <div className="space-y-6">
      <ListPanel id="chores" title={words('chores')}>
        <KnownPart known={chores}>{(known) => <Chores chores={known} />}</KnownPart>
      </ListPanel>
      <div className="grid gap-6 lg:grid-cols-2">
        <ListPanel id="removals" title={words('removals')}>
          <KnownPart known={work}>{({ removals }) => <Removals removals={removals} />}</KnownPart>
        </ListPanel>
        <ListPanel id="imports" title={words('imports')}>
          <KnownPart known={work}>{({ imports }) => <Imports imports={imports} />}</KnownPart>
        </ListPanel>
        <ListPanel id="rebuilds" title={words('rebuilds')}>
          <KnownPart known={work}>
            {({ rebuilds, retired }) => <Rebuilds rebuilds={rebuilds} retired={retired} />}
          </KnownPart>
        </ListPanel>
        <ListPanel id="deletions" title={words('deletions')}>
          <KnownPart known={deleted}>{(sites) => <DeletedSites sites={sites} />}</KnownPart>
        </ListPanel>
      </div>
    </div>
  );
}
