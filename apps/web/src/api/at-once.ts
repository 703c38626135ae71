/** Counts what goes on at once, by name. */
export type AtOnce = {
  /** What ends it; null when as much of that name goes on as may. */
  begin(name: string): (() => void) | null;
};

export function limitAtOnce(most: number): AtOnce {
  const running = new Map<string, number>();
  return {
    begin: (name) => {
      const count = running.get(name) ?? 0;
      if (count >= most) return null;
      running.set(name, count + 1);
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        const left = (running.get(name) ?? 1) - 1;
        if (left === 0) running.delete(name);
        else running.set(name, left);
      };
    },
  };
}

/** Hands pieces on; `end` is called when there are no more, or nobody wants more. */
export async function* endingWith<Piece>(
  pieces: AsyncGenerator<Piece, void, undefined>,
  end: () => void,
): AsyncGenerator<Piece, void, undefined> {
  try {
    yield* pieces;
  } finally {
    end();
  }
}
