/** How often one and the same line may be shown, in milliseconds: a service that retries says the same again and again. */
const REPEAT_MS = 10_000;

/** What the operator sees: progress and trouble on standard error, the one line `ready …` on standard output. */
export class Terminal {
  readonly #out: NodeJS.WritableStream;
  readonly #err: NodeJS.WritableStream;
  readonly #shown = new Map<string, number>();

  constructor(out: NodeJS.WritableStream, err: NodeJS.WritableStream) {
    this.#out = out;
    this.#err = err;
    // Whoever read along has gone: no reason to stop counting visits.
    for (const stream of [out, err]) stream.on('error', () => undefined);
  }

  /** The line that others wait for. */
  announce(line: string): void {
    this.#out.write(`${line}\n`);
  }

  note(line: string): void {
    this.#err.write(`${line}\n`);
  }

  /** Trouble that `source` reports; the same again within ten seconds is not shown. */
  trouble(source: string, text: string): void {
    const line = `${source}: ${text}`;
    const now = Date.now();
    if (now - (this.#shown.get(line) ?? 0) < REPEAT_MS) return;
    if (this.#shown.size > 1_000) this.#shown.clear();
    this.#shown.set(line, now);
    this.note(line);
  }

  /** Runs a step of the start and says how long it took. */
  async step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const result = await work();
    this.note(`  ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    return result;
  }
}
