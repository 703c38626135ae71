'use client';

import { useEffect, useState } from 'react';
import type { Pulse } from '#reports/pulse.ts';

async function fetchPulse(address: string): Promise<Pulse | null> {
  try {
    const response = await fetch(address, { cache: 'no-store' });
    return response.ok ? ((await response.json()) as Pulse) : null;
  } catch {
    // Offline, or the server restarts: the next beat asks again.
    return null;
  }
}

/** Where pages about a site ask for its pulse. */
export const pulseAddress = (siteId: string): string => `/sites/${siteId}/pulse`;

/** A site's pulse, asked for at an address every `everyMs` milliseconds while somebody looks, and at once when they look again. */
export function usePulse(address: string, start: Pulse, everyMs: number): Pulse {
  const [pulse, setPulse] = useState(start);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const beat = async () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') {
        const next = await fetchPulse(address);
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
  }, [address, everyMs]);
  return pulse;
}
