import { type Failure, failures } from '@footfall/core/failure';

const unavailable = failures({ unavailable: { status: 503, retriable: true } });

/** Codes of drivers that say: the database cannot be reached now, or went away in between. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  '57P01',
  '57P02',
  '57P03',
  // No connection became free in time: of Prisma's own waiting, and of a transaction's.
  'P2024',
  'P2028',
]);

/** What the driver's pool says, in words alone, of who waited too long for a connection, and of one that broke. */
const POOL = /^(timeout exceeded when trying to connect|Connection terminated)/;

function isUnreachable(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && UNREACHABLE.has(code)) || POOL.test(error.message);
}

/**
 * An error as a failure with code and status; null for a bug. Told by its shape: main.ts loads adapters past Next's bundles, so
 * theirs is another copy of the class.
 */
export function asFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  if (error.name === 'Failure') return error as Failure;
  if (!isUnreachable(error)) return null;
  return unavailable('unavailable', 'the database does not answer', { cause: error });
}
