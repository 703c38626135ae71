/** Lines of a text that arrives in pieces, without their ends; `isWhole` says whether a line may end where it does. */
export async function* readLines(
  stream: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  isWhole: (line: string) => boolean = () => true,
): AsyncGenerator<string, void, undefined> {
  if (stream === null) return;
  let rest = '';
  let searched = 0;
  for await (const piece of readPieces(stream)) {
    rest += piece;
    let from = 0;
    for (let end = rest.indexOf('\n', searched); end !== -1; end = rest.indexOf('\n', end + 1)) {
      const line = rest.slice(from, end);
      if (!isWhole(line)) continue;
      yield line.endsWith('\r') ? line.slice(0, -1) : line;
      from = end + 1;
    }
    rest = rest.slice(from);
    searched = rest.length;
  }
  if (rest !== '') yield rest;
}

/** Whether a line of CSV is a whole record: a line end between quotes belongs to the text of a field. */
export function isWholeRecord(line: string): boolean {
  let quotes = 0;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 0;
}

async function* readPieces(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string, void, undefined> {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops early wants no more of it from the portal either.
    await reader.cancel();
  }
}
