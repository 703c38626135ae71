import type { Line } from './lines.ts';

type Seen = { state: Line['state']; at: number };

/** Since when this process has seen each part in the state that it is in. Parts are few: it needs no bound. */
export class StateTimes {
  readonly #seen = new Map<string, Seen>();

  /** The lines, each with the time at which it was first seen so where it does not say itself; `now`: epoch milliseconds. */
  note(lines: readonly Line[], now: number): Line[] {
    return lines.map((line) => {
      const before = this.#seen.get(line.name);
      const seen = before?.state === line.state ? before : { state: line.state, at: now };
      this.#seen.set(line.name, seen);
      return line.state === 'ok' ? line : { ...line, since: line.since ?? seen.at };
    });
  }
}

const times = new StateTimes();

/** As {@link StateTimes.note}, for the pages of this process. */
export const noteStates = (lines: readonly Line[], now: number): Line[] => times.note(lines, now);
