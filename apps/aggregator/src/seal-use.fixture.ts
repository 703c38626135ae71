import type { SealUse } from '@footfall/db/count/seal-use';
import type { SealUseStore } from './seal-budget.ts';

/** A store that forgets everything: a budget of one process. */
export const NO_SEAL_USE: SealUseStore = {
  add: async () => undefined,
  read: async (): Promise<SealUse[]> => [],
};
