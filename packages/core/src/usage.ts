/** Bytes of an event that count as one; larger ones count as several. */
export const BYTES_OF_ONE = 2_048;

/** What a stored event of so many bytes counts for a plan, 1 at least. */
export function eventWeight(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / BYTES_OF_ONE));
}

/** What an event counts for a plan: bots are free, repeats are, too, and never come here. */
export function countedUsage({ bot, bytes }: { bot: boolean; bytes: number }): number {
  return bot ? 0 : eventWeight(bytes);
}
