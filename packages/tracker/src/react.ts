'use client';

import { useEffect } from 'react';
import { type InitOptions, init, type Track, track } from './index.ts';

/** Counts an event; the same function in every render. */
export const useTrack = (): Track => track;

/**
 * Starts the tracker once this component is in the page, and gives `track`. Options of later renders change nothing;
 * without options it starts nothing.
 */
export function useFootfall(options?: InitOptions): { track: Track } {
  useEffect(() => {
    if (options) init(options);
  });
  return { track };
}

/** Starts the tracker; shows nothing. Put it once, near the root. What its props are stands at `InitOptions`. */
export function Footfall(options: InitOptions): null {
  useFootfall(options);
  return null;
}
