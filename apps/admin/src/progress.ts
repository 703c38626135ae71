/** Lines are told at most this often, milliseconds. */
const PACE_MS = 1_000;

/**
 * Tells how far a long command is, on standard error: standard output is for its answer. Repeats are not told, and of many lines in
 * a second only the first. `clock` is for tests.
 */
export function progressTo(
  stream: Pick<NodeJS.WritableStream, 'write'>,
  clock: () => number = () => performance.now(),
): (line: string) => void {
  let last = '';
  let told = Number.NEGATIVE_INFINITY;
  return (line) => {
    if (line === last || clock() < told + PACE_MS) return;
    [last, told] = [line, clock()];
    stream.write(`${line}\n`);
  };
}
