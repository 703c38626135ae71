import type { PoolClient } from '@footfall/postgres/pool';
import { reportStoreFailure } from '../errors.ts';
import type { ReaderTime } from '../reader-time.ts';

/** A connection that is asked one thing after the other; see {@link inTurn}. */
export type Snapshot = Pick<PoolClient, 'query'>;

/** A statement may take so much longer than its reader has time, milliseconds: to tell Postgres costs as much as a small question. */
const SHORTEN_MS = 500;

type Turns = Snapshot & {
  /** Waits for the question that is being answered; later ones are refused. */
  end(): Promise<void>;
};

/**
 * A connection for many who ask at once: the driver takes one question at a time. When one of them fails, the others must not go
 * on asking a connection that somebody else has by then.
 */
export function inTurn(client: Snapshot, time: ReaderTime): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  // Postgres counts the time of each statement from its own begin.
  let allowed = time.left();
  const shorten = async () => {
    const left = time.left();
    if (allowed - left < SHORTEN_MS) return;
    allowed = left;
    await client.query(`SELECT set_config('statement_timeout', $1, true)`, [String(Math.ceil(left))]);
  };
  const query = (...question: Parameters<Snapshot['query']>) => {
    const answer = last.then(async () => {
      if (ended) throw reportStoreFailure('unanswerable', 'this reader is no longer good');
      await shorten();
      return client.query(...question);
    });
    last = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer;
  };
  const end = async () => {
    ended = true;
    await last;
  };
  return { query: query as unknown as Snapshot['query'], end };
}
