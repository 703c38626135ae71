/** Tells how far a long command is, on standard error: standard output is for its answer. Repeats are not told. */
export function progressTo(stream: Pick<NodeJS.WritableStream, 'write'>): (line: string) => void {
  let last = '';
  return (line) => {
    if (line === last) return;
    last = line;
    stream.write(`${line}\n`);
  };
}
