import type { Pool } from '@footfall/postgres/pool';
import { type ChoreState, isBehind, listChores } from './chore-state.ts';
import { queueStates } from './queue-state.ts';

/** A chore as an operator is told of it. */
export type ChoreStatus = ChoreState & {
  /** `behind`: it has failed since its last success, or should have run by now and has not. */
  state: 'ok' | 'running' | 'behind';
  /** Jobs of its queue at this moment. */
  waiting: number;
  running: number;
};

/** Where the chores of an installation stand at `now` (epoch milliseconds). */
export async function choreStatuses(pool: Pool, now: number): Promise<ChoreStatus[]> {
  const [chores, queues] = await Promise.all([listChores(pool), queueStates(pool)]);
  const byName = new Map(queues.map((queue) => [queue.name, queue]));
  return chores.map((chore) => {
    const { waiting = 0, running = 0 } = byName.get(chore.name) ?? {};
    const state = isBehind(chore, now) ? 'behind' : running > 0 ? 'running' : 'ok';
    return { ...chore, state, waiting, running };
  });
}
