import type { Lookups } from '@footfall/core/lookups';
import { placeLookup } from '@footfall/geo/place';
import { agentLookup } from './agent.ts';
import { referrerLookup } from './referrer.ts';

/** Loads the lists and databases that deriving looks into. */
export async function loadLookups(): Promise<Lookups> {
  return { agent: agentLookup(), place: await placeLookup(), referrer: referrerLookup() };
}
