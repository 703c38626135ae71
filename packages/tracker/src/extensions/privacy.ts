import type { Extension } from '../extension.ts';
import { before } from './guard.ts';

/** The signals of browsers, by their names in the option. */
const SIGNALS: Record<string, () => boolean> = {
  // Abandoned by its standard, still sent by some.
  dnt: () => navigator.doNotTrack === '1',
  gpc: () => (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
};

export type Signal = 'dnt' | 'gpc';

/** Counts nothing of visitors whose browser sends Do Not Track or Global Privacy Control. */
export function privacy(signals: readonly Signal[] = ['dnt', 'gpc']): Extension {
  return (tracker) =>
    before(tracker, (event) => (signals.some((signal) => SIGNALS[signal]?.()) ? undefined : event));
}

/**
 * Leaves this browser out on this site from now on, or counts it again: for a switch on the page about privacy. It is the
 * only thing that the tracker ever stores, and only where a visitor asks for it.
 * @returns false where the page may not store anything
 */
export function optOut(out = true): boolean {
  try {
    if (out) localStorage.footfall_ignore = 'true';
    else localStorage.removeItem('footfall_ignore');
    return true;
  } catch {
    return false;
  }
}
