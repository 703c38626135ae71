import { matchVisitor } from '@footfall/core/of-visitor';
import {
  beginPortion,
  endPhase,
  finishPortion,
  type HeldSite,
  holdSite,
  type OpenRemoval,
  readPortion,
  readRemoval,
  removedSoFar,
  saveProgress,
  waitingRemovals,
} from '@footfall/db/count/removal';
import { readKeysByDay } from '@footfall/db/directory/visitor-key';
import { unseal } from '@footfall/db/sealed';
import type { Pool } from '@footfall/postgres/pool';
import { sleep } from '@footfall/timing/sleep';
import { type RemovalNotes, type RemovalPorts, workOn } from './work.ts';

export type Removing = Omit<RemovalPorts, 'notes'> & {
  pool: Pool;
  /** The installation's, which ids of visitors are made and sealed with; absent: of one visitor is nothing taken out here. */
  secret?: string | undefined;
};

/** Which events of a removal are meant. */
async function findMeant(removal: OpenRemoval, { pool, secret }: Pick<Removing, 'pool' | 'secret'>) {
  const { siteId, sealedVisitor } = removal;
  if (sealedVisitor === null) return undefined;
  if (secret === undefined) throw new Error('a removal of one visitor needs the secret');
  const visitor = unseal(sealedVisitor, 'visitor', secret);
  return matchVisitor({ siteId, visitor }, await readKeysByDay(pool, secret));
}

/** How long one removal is worked on before the next has its turn, milliseconds: one site's history keeps nobody else waiting. */
const TURN_MS = 5_000;

const createNotes = (held: HeldSite): RemovalNotes => ({
  save: (removal) => saveProgress(held, removal),
  end: (removal) => endPhase(held, removal),
  readPortion: (siteId) => readPortion(held, siteId),
  beginPortion: (portion) => beginPortion(held, portion),
  finishPortion: (portion) => finishPortion(held, portion),
});

/**
 * Works on one removal for a while. False when somebody else is at the site's removals; then nothing was done.
 */
export async function takeTurn(
  { id, siteId }: { id: string; siteId: string },
  { pool, secret, ...ports }: Removing,
): Promise<boolean> {
  const done = await holdSite(pool, siteId, async (held) => {
    const removal = await readRemoval(held, id);
    if (removal === null) return true;
    const isMeant = await findMeant(removal, { pool, secret });
    await workOn({ ...removal, isMeant }, { ...ports, notes: createNotes(held) }, TURN_MS);
    return true;
  });
  return done === true;
}

/** Gives each removal that waits a turn. A removal that fails stops no other. Answers how many had one. */
export async function workOnRemovals(
  removing: Removing,
  onError: (error: unknown, removal: { id: string; siteId: string }) => void,
): Promise<number> {
  let worked = 0;
  for (const removal of await waitingRemovals(removing.pool)) {
    try {
      if (await takeTurn(removal, removing)) worked += 1;
    } catch (error) {
      onError(error, removal);
    }
  }
  return worked;
}

/** How long to wait for somebody else who is at the site's removals, milliseconds. */
const BUSY_MS = 200;

/** Works on a removal, or waits while somebody else does, until it is carried out. Answers how many events are gone. */
export async function carryOut(removal: { id: string; siteId: string }, removing: Removing): Promise<number> {
  for (;;) {
    const { isOpen, removed } = await removedSoFar(removing.pool, removal.id);
    if (!isOpen) return removed;
    if (!(await takeTurn(removal, removing))) await sleep(BUSY_MS);
  }
}
