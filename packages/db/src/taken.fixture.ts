import { Prisma } from '../generated/client.ts';

/** What the database's driver throws where a unique index refuses a row. */
export const takenError = (): Error =>
  new Prisma.PrismaClientKnownRequestError('Unique constraint failed', { code: 'P2002', clientVersion: '0' });
