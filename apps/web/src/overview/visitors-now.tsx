'use client';

import { exactNumber } from '#format/number.ts';
import { LiveDot } from '#ui/live-dot.tsx';
import { useHeardPulse } from './pulse-context.tsx';

/** How many visitors are there now. */
export function VisitorsNow() {
  const { visitorsNow } = useHeardPulse();
  return (
    <p
      className="inline-flex items-center gap-2 text-quiet whitespace-nowrap"
      title="With a page view or another event in the last five minutes"
      data-visitors-now={visitorsNow}
    >
      <LiveDot state={visitorsNow === 0 ? 'still' : 'live'} />
      <span>
        <span className="font-medium text-ink tabular-nums">{exactNumber(visitorsNow)}</span>{' '}
        {visitorsNow === 1 ? 'visitor' : 'visitors'} now
      </span>
    </p>
  );
}
