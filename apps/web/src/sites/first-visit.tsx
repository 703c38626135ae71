'use client';

import { CircleCheck } from 'lucide-react';
import type { Pulse } from '#reports/pulse.ts';
import { ButtonLink } from '#ui/button.tsx';
import { LiveDot } from '#ui/live-dot.tsx';
import { useWords } from '#words/use-words.ts';
import { pulseAddress, usePulse } from './use-pulse.ts';

const EVERY_MS = 2_000;

/** Waits for the first event of a site and turns by itself when it is there. */
export function FirstVisit({ siteId, start }: { siteId: string; start: Pulse }) {
  const words = useWords('sites');
  const { started } = usePulse(pulseAddress(siteId), start, EVERY_MS);
  return (
    <div aria-live="polite" className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-3">
      {started ? (
        <>
          <CircleCheck aria-hidden className="size-5 shrink-0 text-better" />
          <p className="flex-1 font-medium">{words('firstVisit')}</p>
          <ButtonLink href={`/sites/${siteId}`} variant="primary">
            {words('openOverview')}
          </ButtonLink>
        </>
      ) : (
        <>
          <LiveDot state="waiting" />
          <p className="font-medium">{words('waiting')}</p>
          <p className="w-full text-quiet sm:w-auto">{words('waitingHint')}</p>
        </>
      )}
    </div>
  );
}
