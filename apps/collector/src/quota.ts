import type { Usage } from '@footfall/db/count/usage';
import { utcMonth } from '@footfall/db/count/usage';

/** Where all collectors add up what tenants have sent. */
export type UsageStore = {
  /** Adds events that were taken; answers what each tenant has used by now: what the ledger has counted, and what is on its way to it. */
  add(used: readonly Usage[]): Promise<readonly Usage[]>;
  /** What a tenant has used in a month. */
  read(tenantId: string, month: string): Promise<number>;
};

const EVERY_MS = 1_000;
/** A board that is away is not asked by every request, milliseconds. */
const AWAY_MS = 5_000;

/** What a tenant has sent in a month: what the board says, and what it has not been told. */
type Meter = {
  month: string;
  known: number | null;
  untold: number;
  /** Somebody was turned away: what the ledger has counted since may leave room. */
  isFull: boolean;
  asking: Promise<void> | null;
  askedAt: number;
};

/**
 * Counts the events of tenants, and holds those whose plan has a limit to it: by what the ledger has counted (stored, of no bot, large
 * ones as several) and by the number of what is on its way. Collectors tell each other once a second, so that a tenant may come to more by
 * what the others take in that second. While the board is away, what was known of it stands; a tenant of whom nothing is known is
 * let in, since an event that is turned away is lost, and one too many is not.
 */
export class Quota {
  readonly #board: UsageStore;
  readonly #now: () => number;
  readonly #meters = new Map<string, Meter>();
  readonly #timer: NodeJS.Timeout;
  #telling: Promise<void> | null = null;

  constructor(board: UsageStore, now: () => number = Date.now) {
    this.#board = board;
    this.#now = now;
    this.#timer = setInterval(() => void this.tell(), EVERY_MS).unref();
  }

  /** Takes room for events of a tenant, as far as there is; answers for how many. What is not used is given back by {@link giveBack}. */
  async take(tenantId: string, events: number, limit: number | null): Promise<number> {
    const meter = this.#meterOf(tenantId);
    if (limit === null) {
      meter.untold += events;
      return events;
    }
    if (meter.known === null) await this.#learn(tenantId, meter);
    const room = meter.known === null ? events : Math.max(0, limit - meter.known - meter.untold);
    const taken = Math.min(events, room);
    meter.untold += taken;
    meter.isFull ||= taken < events;
    return taken;
  }

  /** Events for which room was taken did not come to be. */
  giveBack(tenantId: string, events: number): void {
    this.#meterOf(tenantId).untold -= events;
  }

  /** Tells the board what was taken since the last time; it is done by itself every second. Never rejects. */
  tell(): Promise<void> {
    this.#telling ??= this.#tellAll().finally(() => {
      this.#telling = null;
    });
    return this.#telling;
  }

  /** Tells the last of it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#telling;
    await this.tell();
  }

  #meterOf(tenantId: string): Meter {
    const month = utcMonth(this.#now());
    const meter = this.#meters.get(tenantId);
    if (meter?.month === month) return meter;
    const fresh: Meter = {
      month,
      known: null,
      untold: 0,
      isFull: false,
      asking: null,
      askedAt: Number.NEGATIVE_INFINITY,
    };
    this.#meters.set(tenantId, fresh);
    return fresh;
  }

  #learn(tenantId: string, meter: Meter): Promise<void> {
    if (meter.asking !== null) return meter.asking;
    if (this.#now() - meter.askedAt < AWAY_MS) return Promise.resolve();
    meter.askedAt = this.#now();
    meter.asking = this.#board
      .read(tenantId, meter.month)
      .then(
        (events) => {
          meter.known = events;
        },
        // Asked again later; until then the tenant is let in.
        () => undefined,
      )
      .finally(() => {
        meter.asking = null;
      });
    return meter.asking;
  }

  async #tellAll(): Promise<void> {
    const news = [...this.#meters].filter(([, { untold, isFull }]) => untold > 0 || isFull);
    if (news.length === 0) return;
    const used = news.map(([tenantId, { month, untold }]) => ({ tenantId, month, events: untold }));
    try {
      const sums = await this.#board.add(used);
      const said = new Map(sums.map(({ tenantId, month, events }) => [`${tenantId} ${month}`, events]));
      for (const [index, [tenantId, meter]] of news.entries()) {
        meter.untold -= used[index]?.events ?? 0;
        const sum = said.get(`${tenantId} ${meter.month}`);
        meter.isFull = false;
        if (sum !== undefined) meter.known = sum;
      }
    } catch {
      // Told again with the next.
    }
  }
}
