'use client';

import { useFormats } from '#format/formats.ts';
import type { Pulse } from '#reports/pulse.ts';
import { LiveDot } from '#ui/live-dot.tsx';
import { useWords } from '#words/use-words.ts';
import { useToldPulse } from './pulse-context.tsx';

/** How many visitors are there now. */
export function VisitorsNow({ siteId, start }: { siteId: string; start: Pulse }) {
  const { visitorsNow } = useToldPulse(siteId, start);
  const words = useWords('overview');
  const { exactNumber } = useFormats();
  return (
    <p
      className="inline-flex min-w-0 items-center gap-2 text-quiet"
      title={words('visitorsNowHint')}
      data-visitors-now={visitorsNow}
    >
      <LiveDot state={visitorsNow === 0 ? 'still' : 'live'} />
      <span className="truncate">
        {words.rich('visitorsNow', {
          count: visitorsNow,
          shown: exactNumber(visitorsNow),
          number: (shown) => <span className="font-medium text-ink tabular-nums">{shown}</span>,
        })}
      </span>
    </p>
  );
}
