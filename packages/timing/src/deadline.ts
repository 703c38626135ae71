/** Resolves or rejects as `asked` does, or as `late` says when that takes longer; `asked` itself goes on, and what it ends with is dropped. */
async function orLate<T>(milliseconds: number, asked: Promise<T>, late: () => T | Promise<T>): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(new Promise<T>((done) => done(late()))), milliseconds);
  try {
    return await Promise.race([asked, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What was asked, or `fallback` when it takes longer than so many milliseconds; a late answer is dropped. Rejects as `asked` does. */
export function orAfter<T>(milliseconds: number, asked: Promise<T>, fallback: T): Promise<T> {
  return orLate(milliseconds, asked, () => fallback);
}

/** What was asked; rejects with the error that `late` makes when it takes longer than so many milliseconds. A late answer is dropped. */
export function within<T>(milliseconds: number, asked: Promise<T>, late: () => Error): Promise<T> {
  return orLate(milliseconds, asked, () => Promise.reject(late()));
}
