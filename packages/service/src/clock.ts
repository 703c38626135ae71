import { Remark } from './health.ts';
import type { Logger } from './logger.ts';

const describe = (aheadMs: number) =>
  `this machine's clock is ${Math.abs(aheadMs / 1_000).toFixed(1)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the database's`;

/** Says in the log when this machine's clock differs from the database's, by so many milliseconds that it is ahead; 0: not any more. */
export function logSkew(logger: Pick<Logger, 'warn' | 'info'>): (aheadMs: number) => void {
  return (aheadMs) => {
    if (aheadMs === 0) logger.info("this machine's clock agrees with the database's again");
    else logger.warn({ aheadMs }, `${describe(aheadMs)}; the database's is gone by`);
  };
}

/** A check that always passes, and says when this machine's clock differs from the database's. */
export function clockCheck(clock: { aheadMs(): number }): () => Promise<unknown> {
  return async () => {
    const aheadMs = clock.aheadMs();
    return aheadMs === 0 ? undefined : new Remark(`${describe(aheadMs)}, which is gone by`);
  };
}
