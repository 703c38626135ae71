'use client';

import { useEffect, useState } from 'react';
import { useFormats } from '#format/formats.ts';
import { TextLink } from '#ui/text-link.tsx';
import { useWords } from '#words/use-words.ts';
import type { Words } from '#words/words.ts';
import { useHeardPulse } from './pulse-context.tsx';

const SECOND = 1_000;

/** Long ages in larger units: nobody counts 7,200 seconds. */
function ageText(ms: number, words: Words<'foot'>): string {
  const seconds = Math.max(0, Math.round(ms / SECOND));
  if (seconds < 120) return words('secondsAgo', { count: seconds });
  if (seconds < 7_200) return words('minutesAgo', { count: Math.round(seconds / 60) });
  return words('hoursAgo', { count: Math.round(seconds / 3_600) });
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

type FootProps = {
  /** Its data health is linked; null where that is not the reader's to see. */
  siteId: string | null;
  timezone: string;
  now: number;
  logicVersion: string;
};

/** How fresh and how complete the numbers above are. */
export function Foot({ siteId, timezone, now: start, logicVersion }: FootProps) {
  const { dataThrough, pending } = useHeardPulse();
  const now = useNow(start);
  const words = useWords('foot');
  const formats = useFormats();
  const through = new Date(dataThrough).toISOString();
  return (
    <footer className="flex flex-wrap gap-x-1 py-6 text-xs text-quiet tabular-nums">
      <span>
        {words.rich('dataThrough', {
          clock: formats.clockAt(dataThrough, timezone),
          time: (clock) => <time dateTime={through}>{clock}</time>,
        })}
      </span>
      <span>· {ageText(now - dataThrough, words)}</span>
      <span>· {words('pending', { count: formats.exactNumber(pending) })}</span>
      <span>· {words('logic', { version: logicVersion })}</span>
      <span>· {timezone.replaceAll('_', ' ')}</span>
      {siteId !== null && (
        <span>
          ·{' '}
          <TextLink className="font-normal text-quiet" href={`/sites/${siteId}/health`}>
            {words('health')}
          </TextLink>
        </span>
      )}
    </footer>
  );
}
