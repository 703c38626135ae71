'use client';

import { useEffect, useState } from 'react';
import type { Pulse } from '#reports/pulse.ts';

async function fetchPulse(siteId: string): Promise<Pulse | null> {
  try {
    const response = await fetch(`/sites/${siteId}/pulse`, { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Pulse) : null;
  } catch {
    // Offline, or the server restarts: the next beat asks again.
    return null;
  }
}

/** The site's pulse, asked every `everyMs` milliseconds while somebody looks, and at once when they look again. */
export function usePulse(siteId: string, start: Pulse, everyMs: number): Pulse {
  const [pulse, setPulse] = useState(start);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const next = await fetchPulse(siteId);
        if (stopped) return;
        if (next !== null) setPulse(next);
      }
      timer = setTimeout(beat, everyMs);
    };
    const onVisible = () => {
      if (document.visibilityState === 'visible') void beat();
    };
    timer = setTimeout(beat, everyMs);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [siteId, everyMs]);
  return pulse;
}
