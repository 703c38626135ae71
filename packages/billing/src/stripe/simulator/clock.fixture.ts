/** Something that falls due at an instant (seconds). */
export type Due = { at: number; run(): void };

/** The clock of the stand-in, in seconds: that of the machine, moved on by tests. */
export function simulatedClock(findDue: () => readonly Due[]) {
  let offset = 0;
  /** While something happens that fell due in between. */
  let standing: number | null = null;
  const machine = () => Math.floor(Date.now() / 1_000);
  const now = () => standing ?? machine() + offset;
  return {
    now,
    /** Moves on by a second, so that what is made next is later than all that was. */
    tick: () => {
      if (standing === null) offset += 1;
    },
    advance: (to: number) => {
      if (to < now()) throw new Error('time does not go back');
      for (;;) {
        const [next] = findDue()
          .filter(({ at }) => at <= to)
          .sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        standing = Math.max(next.at, standing ?? 0);
        next.run();
      }
      standing = null;
      offset = to - machine();
    },
  };
}
