import type { Lookups } from '@footfall/core/lookups';
import { agentLookup } from './agent/agent.ts';
import { placeLookup } from './place.ts';
import { sourceLookups } from './source.ts';

/** Loads the lists and databases that deriving looks into. */
export async function loadLookups(): Promise<Lookups> {
  return { agent: agentLookup(), place: await placeLookup(), ...sourceLookups() };
}
