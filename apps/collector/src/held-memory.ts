/** The share that one request has of {@link HeldMemory}. */
export type Held = {
  /** Takes so many bytes more; false when they would be too many for the process. */
  add(bytes: number): boolean;
  /** Gives everything back; called once the request is answered. */
  release(): void;
};

/**
 * Bounds what all requests in hand hold of their bodies together: a thousand slow senders of large bodies would take the
 * memory of everybody else.
 */
export class HeldMemory {
  readonly #max: number;
  #held = 0;

  constructor(maxBytes: number) {
    this.#max = maxBytes;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#held;
  }

  open(): Held {
    let own = 0;
    return {
      add: (bytes) => {
        if (this.#held + bytes > this.#max) return false;
        this.#held += bytes;
        own += bytes;
        return true;
      },
      release: () => {
        this.#held -= own;
        own = 0;
      },
    };
  }
}
