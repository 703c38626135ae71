import type { ReactNode } from 'react';
import { useFormats } from '#format/formats.ts';
import type { Health } from '#reports/health.ts';
import { Badge } from '#ui/badge.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';

/** Older than this, reports are said to lag, milliseconds. */
const LAGS_MS = 5 * 60_000;

function Fact({ term, note, children }: { term: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-2.5 last:border-0">
      <dt className="text-quiet">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
      {note !== undefined && <dd className="col-span-2 pt-0.5 text-quiet">{note}</dd>}
    </div>
  );
}

/** How far the reports reach, and what they still lack. */
export function FreshnessPanel({ health, timezone }: { health: Health; timezone: string }) {
  const words = useWords('health');
  const formats = useFormats();
  const { now, dataThrough, total, changed, keptFrom } = health;
  const lags = now - dataThrough > LAGS_MS;
  const since = changed.since === null ? undefined : formats.momentAt(changed.since, timezone);
  return (
    <Panel aria-labelledby="freshness">
      <PanelHead id="freshness" title={words('freshness')}>
        <Badge tone={lags ? 'warning' : 'good'}>{words(lags ? 'late' : 'upToDate')}</Badge>
      </PanelHead>
      <dl className="px-4 pt-1 pb-3 sm:px-5">
        <Fact term={words('through')} note={lags ? words('lateText') : undefined}>
          <time dateTime={new Date(dataThrough).toISOString()}>
            {formats.momentAt(dataThrough, timezone)}
          </time>
        </Fact>
        <Fact term={words('pending')} note={total.pending > 0 ? words('pendingText') : undefined}>
          {formats.exactNumber(total.pending)}
        </Fact>
        <Fact
          term={words('changed')}
          note={since === undefined ? undefined : words('changedText', { since })}
        >
          {formats.exactNumber(changed.days)}
        </Fact>
        <Fact term={words('kept')}>{formats.days(keptFrom, keptFrom)}</Fact>
      </dl>
    </Panel>
  );
}
