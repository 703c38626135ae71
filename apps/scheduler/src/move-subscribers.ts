import { carryOutMoves } from '@footfall/billing/moves/carry-out';
import type { ChorePorts, ChoreRun } from './chore.ts';

/** Moves subscribers who wait to be moved; nothing without billing. */
export async function moveSubscribers({ pool, billing }: ChorePorts, { signal }: ChoreRun): Promise<void> {
  if (billing !== null) await carryOutMoves(pool, { ...billing, signal });
}
