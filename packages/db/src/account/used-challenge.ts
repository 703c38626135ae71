import type { Database } from '../prisma.ts';
import { hashToken } from './secret-token.ts';

/** Uses up a challenge, which is over by itself at `expiresAt`: false when it was used before. Of two at once one alone has it. */
export async function useUpChallenge(
  db: Database,
  { challenge, expiresAt }: { challenge: string; expiresAt: Date },
): Promise<boolean> {
  const { count } = await db.usedChallenge.createMany({
    data: [{ hash: hashToken(challenge), expiresAt }],
    skipDuplicates: true,
  });
  return count === 1;
}
