'use client';

import { useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Pulse } from '#reports/pulse.ts';
import { pulseAddress, usePulse } from '#sites/use-pulse.ts';

const EVERY_MS = 4_000;

const PulseContext = createContext<Pulse | null>(null);

/** The pulse of a site, as the page about it hears it, for the bar above that page. */
type Heard = { siteId: string; pulse: Pulse };
const HeardContext = createContext<Heard | null>(null);
const TellContext = createContext<(heard: Heard) => void>(() => undefined);

/** What is around both the bar and the page: what the page hears is shown in the bar, too. */
export function PulseHearing({ children }: { children: ReactNode }) {
  const [heard, tell] = useState<Heard | null>(null);
  return (
    <TellContext value={tell}>
      <HeardContext value={heard}>{children}</HeardContext>
    </TellContext>
  );
}

/** The pulse of a site as the page about it last heard it; `start` until then. */
export function useToldPulse(siteId: string, start: Pulse): Pulse {
  const heard = useContext(HeardContext);
  return heard?.siteId === siteId ? heard.pulse : start;
}

type PulseAreaProps = {
  siteId: string;
  start: Pulse;
  /** Where the pulse is asked for; the site's own address when left out. */
  address?: string;
  children: ReactNode;
};

/** Keeps the page up to date while somebody looks: asks for the pulse, and for the numbers when the pulse says that they changed. */
export function PulseArea({ siteId, start, address = pulseAddress(siteId), children }: PulseAreaProps) {
  const router = useRouter();
  const pulse = usePulse(address, start, EVERY_MS);
  const tell = useContext(TellContext);
  useEffect(() => tell({ siteId, pulse }), [tell, siteId, pulse]);
  const shown = useRef(start.version);
  shown.current = start.version;
  useEffect(() => {
    // In a transition of its own, which dims nothing: nobody asked for these numbers.
    if (pulse.version !== shown.current) startTransition(() => router.refresh());
  }, [pulse.version, router]);
  return <PulseContext value={pulse}>{children}</PulseContext>;
}

/** The site's pulse as last heard. */
export function useHeardPulse(): Pulse {
  const pulse = useContext(PulseContext);
  if (pulse === null) throw new Error('this belongs into a PulseArea');
  return pulse;
}
