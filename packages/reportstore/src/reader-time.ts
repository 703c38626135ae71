import { nextTurn } from '@footfall/timing/next-turn';
import { reportStoreFailure } from './errors.ts';

/** The time of one reader: of all that it is asked, and of what is made of the answers. */
export type ReaderTime = {
  /**
   * Milliseconds that are left.
   * @throws Failure `query_timeout` when there are none
   */
  left(): number;
  /**
   * Lets others have the event loop.
   * @throws Failure `query_timeout`
   */
  pause(): Promise<void>;
};

export function beginTime(milliseconds: number): ReaderTime {
  const end = performance.now() + milliseconds;
  const left = () => {
    const rest = end - performance.now();
    if (rest <= 0) throw reportStoreFailure('query_timeout', 'the report took too long');
    return rest;
  };
  return {
    left,
    pause: async () => {
      left();
      await nextTurn();
    },
  };
}
