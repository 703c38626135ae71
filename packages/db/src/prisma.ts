import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../generated/client.ts';

export type Database = PrismaClient;

/** Connects the control plane at a URL with at most `max` connections (default 5). */
export function connectDatabase(url: string, { max = 5 }: { max?: number } = {}): Database {
  const adapter = new PrismaPg({ connectionString: url, max, connectionTimeoutMillis: 5_000 });
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}

/** Whether an error says that a unique value is taken; `column` as the database names it. */
export function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
