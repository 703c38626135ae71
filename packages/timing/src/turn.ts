import { isWaiting, nextTurn } from './next-turn.ts';

/** How long work may keep the event loop before others have it, milliseconds. */
const TURN_MS = 10;
/** What an owner may use at once without waiting for its turn, and the share of all time that it may for long. */
const FREE = { ms: 40, share: 0.25 };
/** Use below this is not noted, milliseconds: it keeps nobody waiting, and noting it would cost each small request a microsecond. */
const NOTED_MS = 0.1;
/** Owners whose use is remembered; one that is forgotten begins anew. */
const REMEMBERED = 10_000;

export type Turn = {
  /** Whether the work should let others have the event loop. */
  isOver(): boolean;
  /** Resolves when others have had it. */
  next(): Promise<void>;
  /** The work is done. */
  end(): void;
};

/** Milliseconds that owners have used of late; what they may use for long is taken off as time passes. */
const used = new Map<string, { ms: number; at: number }>();

function recentUse(owner: string, now: number): number {
  const use = used.get(owner);
  return use === undefined ? 0 : Math.max(0, use.ms - (now - use.at) * FREE.share);
}

function noteUse(owner: string, ms: number, now: number): void {
  const recent = recentUse(owner, now) + ms;
  used.delete(owner);
  used.set(owner, { ms: recent, at: now });
  if (used.size <= REMEMBERED) return;
  const [oldest = ''] = used.keys();
  used.delete(oldest);
}

/** What the name of an owner of one work alone begins with: it never comes again, so what it used is not remembered. */
export const ONCE = 'once ';

const isRemembered = (owner: string): boolean => !owner.startsWith(ONCE);

/**
 * The time that a loop over many things may keep the event loop at once: it asks `isOver` before each, and then awaits `next`. All such
 * work of the process has one slice in a turn of the loop, and its owners take turns. Work of an owner who uses much, or waits already,
 * has its first slice over before it begins.
 */
export function beginTurn(owner = '', turnMs = TURN_MS): Turn {
  let begun = performance.now();
  const mustWait = isWaiting(owner) || recentUse(owner, begun) > FREE.ms;
  let until = mustWait ? begun : begun + turnMs;
  const end = () => {
    const now = performance.now();
    if (now - begun >= NOTED_MS && isRemembered(owner)) noteUse(owner, now - begun, now);
    begun = now;
  };
  return {
    isOver: () => performance.now() >= until,
    next: async () => {
      end();
      await nextTurn(owner);
      begun = performance.now();
      until = begun + turnMs;
    },
    end,
  };
}
