'use client';

import { CircleCheck } from 'lucide-react';
import type { Pulse } from '#reports/pulse.ts';
import { ButtonLink } from '#ui/button.tsx';
import { LiveDot } from '#ui/live-dot.tsx';
import { usePulse } from './use-pulse.ts';

const EVERY_MS = 2_000;

/** Waits for the first event of a site and turns by itself when it is there. */
export function FirstVisit({ siteId, start }: { siteId: string; start: Pulse }) {
  const { started } = usePulse(siteId, start, EVERY_MS);
  return (
    <div aria-live="polite" className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-3">
      {started ? (
        <>
          <CircleCheck aria-hidden className="size-5 shrink-0 text-better" />
          <p className="flex-1 font-medium">It works: the first visit has arrived.</p>
          <ButtonLink href={`/sites/${siteId}`} variant="primary">
            Open the overview
          </ButtonLink>
        </>
      ) : (
        <>
          <LiveDot state="waiting" />
          <p className="font-medium">Waiting for your first visit…</p>
          <p className="w-full text-quiet sm:w-auto">Open a page of your site; this turns by itself.</p>
        </>
      )}
    </div>
  );
}
