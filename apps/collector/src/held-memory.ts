/** The share that one request has of {@link HeldMemory}. */
export type Held = {
  /** Takes so many bytes more; false when they would be too many for the process, or for the sender. */
  add(bytes: number): boolean;
  /** The body is on its way: until {@link Reading.end} it may be cut off. `cut` is told why, once. */
  read(cut: (why: CutReason) => void): Reading;
  /** Gives everything back; called once the request is answered. */
  release(): void;
};

/** A body that is being read. */
export type Reading = { end(): void };

/** Why a body is not read on: it comes too slowly, or its memory is needed by senders that hold less. */
export type CutReason = 'slow' | 'crowded';

export type HeldLimits = {
  /** Bytes of all requests together. */
  total: number;
  /** Bytes of one sender's requests together. */
  sender: number;
  /** A body that has come for longer than `graceMs` must have brought so many bytes a second since it began. */
  graceMs: number;
  bytesPerSecond: number;
};

type Request = { sender: string; bytes: number; begunAt: number; cut: ((why: CutReason) => void) | null };

/** Of the whole that is freed at once when there is no room: so that one look for room serves many. */
const FREED_SHARE = 1 / 16;

/**
 * Bounds what all requests in hand hold of their bodies together, and shares it fairly: where there is no room, the sender that holds most
 * loses its largest body that is still on its way, and never for one that would hold more itself. So slow senders of large bodies, however
 * many, cannot keep out those who send little.
 */
export class HeldMemory {
  readonly #limits: HeldLimits;
  readonly #clock: () => number;
  /** Bytes by sender; who holds nothing is not there. */
  readonly #senders = new Map<string, number>();
  /** The bodies that are on their way. */
  readonly #reading = new Set<Request>();
  #held = 0;

  /** `clock` tells milliseconds. */
  constructor(limits: HeldLimits, clock: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Bytes held now. */
  get bytes(): number {
    return this.#held;
  }

  /** The share of a request of a sender. */
  open(sender: string): Held {
    const request: Request = { sender, bytes: 0, begunAt: 0, cut: null };
    return {
      add: (bytes) => this.#add(request, bytes),
      read: (cut) => {
        request.cut = cut;
        request.begunAt = this.#clock();
        this.#reading.add(request);
        return { end: () => void this.#reading.delete(request) };
      },
      release: () => {
        this.#reading.delete(request);
        this.#give(request);
      },
    };
  }

  /** Cuts off the bodies that come too slowly; to be called every second or so. */
  cutSlow(): void {
    const { graceMs, bytesPerSecond } = this.#limits;
    const now = this.#clock();
    for (const request of this.#reading) {
      const tookMs = now - request.begunAt;
      if (tookMs > graceMs && request.bytes < (bytesPerSecond * tookMs) / 1_000) this.#cut(request, 'slow');
    }
  }

  #add(request: Request, bytes: number): boolean {
    const own = this.#senders.get(request.sender) ?? 0;
    if (own + bytes > this.#limits.sender && !this.#makeRoom(request, bytes, request.sender)) return false;
    if (this.#held + bytes > this.#limits.total && !this.#makeRoom(request, bytes)) return false;
    this.#held += bytes;
    request.bytes += bytes;
    this.#senders.set(request.sender, (this.#senders.get(request.sender) ?? 0) + bytes);
    return true;
  }

  #give(request: Request): void {
    if (request.bytes === 0) return;
    const left = (this.#senders.get(request.sender) ?? 0) - request.bytes;
    if (left > 0) this.#senders.set(request.sender, left);
    else this.#senders.delete(request.sender);
    this.#held -= request.bytes;
    request.bytes = 0;
  }

  #cut(request: Request, why: CutReason): void {
    this.#reading.delete(request);
    this.#give(request);
    request.cut?.(why);
  }

  /** Makes room for so many bytes of a request, of one sender's or of all; answers whether there is enough now. */
  #makeRoom(request: Request, bytes: number, sender?: string): boolean {
    const most = sender === undefined ? this.#limits.total : this.#limits.sender;
    const taken = () => (sender === undefined ? this.#held : (this.#senders.get(sender) ?? 0));
    const holds = (other: Request) => this.#senders.get(other.sender) ?? 0;
    const own = holds(request) + bytes;
    const candidates = [...this.#reading]
      .filter((other) => other !== request && (sender === undefined || other.sender === sender))
      .sort((one, other) => holds(other) - holds(one) || other.bytes - one.bytes);
    const goal = most * (1 - FREED_SHARE) - bytes;
    for (const other of candidates) {
      if (taken() <= goal) break;
      const holdsMore =
        other.sender === request.sender ? other.bytes > request.bytes + bytes : holds(other) > own;
      if (holdsMore) this.#cut(other, 'crowded');
    }
    return taken() + bytes <= most;
  }
}
