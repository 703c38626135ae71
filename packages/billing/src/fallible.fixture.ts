import type { Pool, PoolClient } from '@footfall/postgres/pool';
import type { StripeSimulator } from './stripe/simulator/state.fixture.ts';

/** Something that happens between two steps of a process. */
export type Interruption = { afterStep: number; happens: 'crash' | 'payment' };

/** A process whose steps (a statement, a request) are counted, and that dies between two of them where it should. */
export type Fallible = {
  wrap(pool: Pool): Pool;
  /** Runs work that something may interrupt; what a death threw is answered, not thrown. */
  run(interruption: Interruption | null, work: () => Promise<unknown>): Promise<unknown>;
};

class Died extends Error {}

/** Of the dead, the provider hears nothing: a refusal that is not asked again is as near as its client lets one come. */
const DEAD_STATUS = 401;

/** `pays` is called where an interruption is a payment. */
export function createFallible(stripe: StripeSimulator, pays: () => void): Fallible {
  let left: Interruption | null = null;
  let isDead = false;

  function step(): void {
    if (left === null) return;
    left = { ...left, afterStep: left.afterStep - 1 };
    if (left.afterStep > 0) return;
    const { happens } = left;
    left = null;
    if (happens === 'payment') pays();
    else {
      isDead = true;
      stripe.failWith = DEAD_STATUS;
    }
  }

  /** A method that runs statements, as a process does that may die after any of them. */
  const mortal =
    (query: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]): Promise<unknown> => {
      // What a server does by itself when a process is gone.
      const isRollback = (args[0] as unknown) === 'ROLLBACK';
      if (isDead && !isRollback) throw new Died('the process has died');
      const answer = await query(...args);
      step();
      return answer;
    };

  const wrapClient = (client: PoolClient): PoolClient =>
    new Proxy(client, {
      get: (target, name) => {
        const held: unknown = Reflect.get(target, name);
        if (typeof held !== 'function') return held;
        return name === 'query' ? mortal(held.bind(target)) : held.bind(target);
      },
    });

  stripe.onExchange = step;
  return {
    wrap: (pool) =>
      new Proxy(pool, {
        get: (target, name) => {
          const held: unknown = Reflect.get(target, name);
          if (typeof held !== 'function') return held;
          if (name === 'connect') return async () => wrapClient(await target.connect());
          return name === 'query' ? mortal(held.bind(target)) : held.bind(target);
        },
      }),
    run: async (interruption, work) => {
      left = interruption;
      try {
        return await work();
      } catch (error) {
        if (isDead) return error;
        throw error;
      } finally {
        left = null;
        isDead = false;
        stripe.failWith = null;
      }
    },
  };
}
