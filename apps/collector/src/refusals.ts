import type { RejectedEvent } from '@footfall/core/raw-event';
import type { RejectionReason } from '@footfall/core/rejection';
import type { EventLog } from '@footfall/eventlog/event-log';
import { rejectedRecord } from './envelope.ts';

const EVERY_MS = 1_000;

type Refused = { siteId: string; reason: RejectionReason; events: number };

/**
 * Tells the ledger of events whose whole request was refused, added up by site and reason: a sender who is refused must not be able to
 * fill the log with it. What was not told yet is gone when the process is killed; nobody was promised it.
 */
export class Refusals {
  readonly #log: Pick<EventLog, 'append'>;
  readonly #now: () => number;
  readonly #timer: NodeJS.Timeout;
  #refused = new Map<string, Refused>();

  constructor(log: Pick<EventLog, 'append'>, now: () => number = Date.now) {
    this.#log = log;
    this.#now = now;
    this.#timer = setInterval(() => void this.tell(), EVERY_MS).unref();
  }

  /** A request with so many events of a site was refused. */
  note(siteId: string, reason: RejectionReason, events: number): void {
    const key = `${siteId} ${reason}`;
    const refused = this.#refused.get(key);
    if (refused === undefined) this.#refused.set(key, { siteId, reason, events });
    else refused.events += events;
  }

  /** Tells what was noted since the last time; it is done by itself every second. Never rejects: what cannot be told now is told later. */
  async tell(): Promise<void> {
    if (this.#refused.size === 0) return;
    const told = [...this.#refused.values()];
    this.#refused = new Map();
    const receivedAt = this.#now();
    const records = told.map(({ siteId, reason, events }) => {
      const rejected: RejectedEvent = { siteId, reason, receivedAt, count: events };
      return rejectedRecord(rejected);
    });
    try {
      await this.#log.append(records);
    } catch {
      // Whoever sends events hears that the log is away; these had no place in it to begin with.
      for (const { siteId, reason, events } of told) this.note(siteId, reason, events);
    }
  }

  /** Tells the last of it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.tell();
  }
}
