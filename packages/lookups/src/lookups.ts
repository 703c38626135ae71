import type { Lookups } from '@footfall/core/lookups';
import { agentLookup } from './agent/agent.ts';
import { type OwnDatabase, placeLookup } from './place.ts';
import { sourceLookups } from './source.ts';

/** Loads the lists and databases that deriving looks into; `own` are the operator's databases of places. */
export async function loadLookups(
  own: readonly OwnDatabase[] = [],
): Promise<Lookups & { close(): Promise<void> }> {
  const { place, close } = await placeLookup(own);
  return { agent: agentLookup(), place, ...sourceLookups(), close };
}
