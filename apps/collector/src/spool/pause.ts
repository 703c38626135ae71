/** Resolves after so many milliseconds, or as soon as the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}

/** What was asked, or `fallback` when it takes longer than so many milliseconds; a late answer is nobody's. */
export async function orAfter<T>(milliseconds: number, asked: Promise<T>, fallback: T): Promise<T> {
  const ended = new AbortController();
  const answer = await Promise.race([asked, pause(milliseconds, ended.signal).then(() => fallback)]);
  ended.abort();
  return answer;
}
