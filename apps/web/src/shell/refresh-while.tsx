'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const EVERY_MS = 2_000;

type Props = { active: boolean; everyMs?: number };

/** Asks for the page again and again while something on it goes on and somebody looks. */
export function RefreshWhile({ active, everyMs = EVERY_MS }: Props) {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [active, everyMs, router]);
  return null;
}
