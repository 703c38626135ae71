import { oneLine } from '../one-line.ts';

/** One part: `problem` is null when it can do its work. */
export type Part = {
  healthy: boolean;
  problem: string | null;
  pid?: number;
  port?: number;
  restarts?: number;
};
export type Health = Record<string, Part>;

/** How a part is, by a check that rejects when it cannot do its work. */
export async function part(check: () => Promise<unknown>): Promise<Part> {
  try {
    await check();
    return { healthy: true, problem: null };
  } catch (error) {
    return { healthy: false, problem: problemText(error) };
  }
}

/** What an error says, and what has caused it where it says less: a store's own failure has the engine's reason behind it. */
function problemText(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const text = oneLine(error);
  const reason = cause === undefined ? '' : oneLine(cause);
  return reason === '' || text.includes(reason) ? text : `${text} (${reason})`;
}
