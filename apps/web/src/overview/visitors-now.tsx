'use client';

import { useFormats } from '#format/formats.ts';
import { LiveDot } from '#ui/live-dot.tsx';
import { useWords } from '#words/use-words.ts';
import { useHeardPulse } from './pulse-context.tsx';

/** How many visitors are there now. */
export function VisitorsNow() {
  const { visitorsNow } = useHeardPulse();
  const words = useWords('overview');
  const { exactNumber } = useFormats();
  return (
    <p
      className="inline-flex items-center gap-2 text-quiet whitespace-nowrap"
      title={words('visitorsNowHint')}
      data-visitors-now={visitorsNow}
    >
      <LiveDot state={visitorsNow === 0 ? 'still' : 'live'} />
      <span>
        {words.rich('visitorsNow', {
          count: visitorsNow,
          shown: exactNumber(visitorsNow),
          number: (shown) => <span className="font-medium text-ink tabular-nums">{shown}</span>,
        })}
      </span>
    </p>
  );
}
