const EVERY_MS = 1_000;
/** Keys that wait to be told of, at most: beyond that events of others are not counted, and are taken all the same. */
const MOST_WAITING = 10_000;

type Record = (used: ReadonlyMap<string, number>) => Promise<void>;

/** Counts the events that come with keys that sites had before, so that their owners see when nobody sends with one any more. */
export class FormerKeys {
  readonly #record: Record;
  readonly #timer: NodeJS.Timeout;
  #waiting = new Map<string, number>();

  constructor(record: Record) {
    this.#record = record;
    this.#timer = setInterval(() => void this.tell(), EVERY_MS).unref();
  }

  /** Events that were taken have come with a former key. */
  note(siteKey: string, events: number): void {
    const waiting = this.#waiting;
    if (events === 0 || (waiting.size >= MOST_WAITING && !waiting.has(siteKey))) return;
    waiting.set(siteKey, (waiting.get(siteKey) ?? 0) + events);
  }

  /** Tells what was noted since the last time; it is done by itself every second. Never rejects: what cannot be told now is told later. */
  async tell(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const told = this.#waiting;
    this.#waiting = new Map();
    try {
      await this.#record(told);
    } catch {
      for (const [siteKey, events] of told) this.note(siteKey, events);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.tell();
  }
}
