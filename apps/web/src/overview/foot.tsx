'use client';

import { useEffect, useState } from 'react';
import { exactNumber } from '#format/number.ts';
import { useHeardPulse } from './pulse-context.tsx';

const SECOND = 1_000;

/** Long ages in larger units: nobody counts 7,200 seconds. */
function ageText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min ago`;
  return `${Math.round(seconds / 3_600)} h ago`;
}

/** The time, every second; at first the server's, so that both render the same. */
function useNow(start: number): number {
  const [now, setNow] = useState(start);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
}

type FootProps = { timezone: string; now: number; logicVersion: string };

/** How fresh and how complete the numbers above are. */
export function Foot({ timezone, now: start, logicVersion }: FootProps) {
  const { dataThrough, pending } = useHeardPulse();
  const now = useNow(start);
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, timeStyle: 'medium' });
  return (
    <footer className="flex flex-wrap gap-x-1 py-6 text-xs text-quiet tabular-nums">
      <span>
        Data through <time dateTime={new Date(dataThrough).toISOString()}>{clock.format(dataThrough)}</time>
      </span>
      <span>· {ageText(now - dataThrough)}</span>
      <span>· {exactNumber(pending)} pending</span>
      <span>· logic {logicVersion}</span>
      <span>· {timezone.replaceAll('_', ' ')}</span>
    </footer>
  );
}
