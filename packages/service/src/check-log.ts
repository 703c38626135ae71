import type { Logger } from './logger.ts';
import { describeProblem } from './problem.ts';

/** Hears of each check whenever it is asked: with the error while it fails, with null while it passes. */
export type CheckListener = (check: string, error: unknown) => void;

/**
 * Tells the log what a check fails with, in the words of the client that it asked, which `/readyz` does not show; once, until the cause
 * changes or the check passes again: a load balancer asks every second.
 */
export function createCheckLog(logger: Pick<Logger, 'warn' | 'info'>): CheckListener {
  const last = new Map<string, string>();
  return (check, error) => {
    if (error === null) {
      if (last.delete(check)) logger.info({ check }, 'a check of readiness passes again');
      return;
    }
    const text = describeProblem(error);
    if (last.get(check) === text) return;
    last.set(check, text);
    logger.warn({ check, err: error }, 'a check of readiness fails');
  };
}
