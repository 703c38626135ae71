import { errors } from '@elastic/elasticsearch';
import { newName } from '../identity.ts';
import { SKEW_MS } from '../months/month.ts';
import type { Ports } from '../ports.ts';

/** Sweeping one index after the other takes seconds; who needs longer has died. Milliseconds. */
const HELD_MS = 600_000;

const ID = 'sweeper';

type Held = { owner: string; since: number };

const isConflict = (cause: unknown): boolean =>
  cause instanceof errors.ResponseError && cause.statusCode === 409;

/** Takes the one place of a sweeper; false when somebody else has it. */
async function take({ client, names, now }: Ports, owner: string): Promise<boolean> {
  const found = await client.get<Held>({ index: names.builds, id: ID, routing: ID }, { ignore: [404] });
  const { found: isThere = false, _source: held } = found;
  // One that was taken later than it is now is of a clock that was ahead.
  const age = held === undefined ? Number.POSITIVE_INFINITY : now() - held.since;
  if (isThere && age < HELD_MS && age > -SKEW_MS) return false;
  const at = isThere
    ? { if_seq_no: found._seq_no as number, if_primary_term: found._primary_term as number }
    : { op_type: 'create' as const };
  try {
    await client.index({
      index: names.builds,
      id: ID,
      routing: ID,
      document: { owner, since: now() },
      ...at,
    });
    return true;
  } catch (cause) {
    if (isConflict(cause)) return false;
    throw cause;
  }
}

/** Runs work unless another process does such work right now. */
export async function asOnlySweeper(ports: Ports, work: () => Promise<void>): Promise<void> {
  if (!(await take(ports, newName()))) return;
  try {
    await work();
  } finally {
    await ports.client.delete({ index: ports.names.builds, id: ID, routing: ID }, { ignore: [404] });
  }
}
