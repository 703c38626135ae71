import { connectPool, type Pool, type PoolOptions } from '@footfall/postgres/pool';
import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '../generated/client.ts';

export type Database = PrismaClient;

/** The control plane of a process: records through Prisma, counting in SQL, both on one pool. */
export type ControlPlane = { db: Database; pool: Pool; close(): Promise<void> };

/** Opens the control plane at a URL; connections are made when they are needed. */
export function connectControlPlane(url: string, options: PoolOptions): ControlPlane {
  const pool = connectPool(url, options);
  const db = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  const close = async () => {
    await db.$disconnect();
    await pool.end();
  };
  return { db, pool, close };
}

/** Whether an error says that a unique value is taken; `column` as the database names it. */
export function isTaken(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
