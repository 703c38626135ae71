import type { Pool } from '@footfall/postgres/pool';
import { every, type Repeated } from '@footfall/timing/every';

/** Soon enough that whoever mends a token sees at once why it is refused. */
const EVERY_MS = 1_000;
/** Keys times outcomes of one round, at most; those beyond are not counted. */
const MOST = 10_000;

/** How often something became of a key's questions. */
export type EmbedCount = { kid: string; outcome: string; count: number };

/** Tells the database what became of questions. */
export const recordEmbedUse = (pool: Pick<Pool, 'query'>) => (counts: readonly EmbedCount[]) =>
  pool.query({
    name: 'note-embed-use',
    text: 'SELECT note_embed_use($1, $2, $3)',
    values: [
      counts.map(({ kid }) => kid),
      counts.map(({ outcome }) => outcome),
      counts.map(({ count }) => count),
    ],
  });

type Options = {
  /** Tells the database; rejects while it is away. */
  record: (counts: readonly EmbedCount[]) => Promise<unknown>;
  everyMs?: number;
};

/** Counts what becomes of the questions of embed keys, without making any wait. */
export class EmbedUse {
  readonly #record: Options['record'];
  readonly #rounds: Repeated;
  #waiting = new Map<string, EmbedCount>();

  constructor({ record, everyMs = EVERY_MS }: Options) {
    this.#record = record;
    this.#rounds = every(
      everyMs,
      () => this.tell(),
      () => undefined,
    );
  }

  /** Something became of a question: `answered`, or the code of a refusal. */
  note(kid: string, outcome: string): void {
    this.#add({ kid, outcome, count: 1 });
  }

  /** Tells what was counted since the last time. Never rejects: what cannot be told now is told with the next round. */
  async tell(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const told = [...this.#waiting.values()];
    this.#waiting = new Map();
    try {
      await this.#record(told);
    } catch {
      for (const one of told) this.#add(one);
    }
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.tell();
  }

  #add({ kid, outcome, count }: EmbedCount): void {
    const name = `${kid} ${outcome}`;
    const before = this.#waiting.get(name);
    if (before === undefined && this.#waiting.size >= MOST) return;
    this.#waiting.set(name, { kid, outcome, count: (before?.count ?? 0) + count });
  }
}
