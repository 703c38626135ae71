import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isWholeRecord, readLines } from './lines.ts';

/** A stream of the bytes of a text in pieces of so many bytes, in turn. */
function makeStream(text: string, sizes: readonly number[]) {
  const bytes = new TextEncoder().encode(text);
  let [at, turn] = [0, 0];
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      const size = sizes[turn % sizes.length] ?? 1;
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
      turn += 1;
    },
  });
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
const wellFormed = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());

it('lines are those of the text, however its bytes arrive', async () => {
  const line = wellFormed.map((text) => JSON.stringify(text));
  await fc.assert(
    fc.asyncProperty(fc.array(line), sizes, fc.boolean(), async (lines, of, ended) => {
      const text = lines.join('\n') + (ended && lines.length > 0 ? '\n' : '');
      expect(await Array.fromAsync(readLines(makeStream(text, of)))).toEqual(lines);
    }),
  );
});

it('records of CSV are whole, whatever stands in their fields', async () => {
  const field = fc.oneof(wellFormed, fc.constantFrom('a\r\nb', '"', '""\n', ',', ''));
  const record = fc
    .array(field, { minLength: 1 })
    .map((fields) => fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
  await fc.assert(
    fc.asyncProperty(fc.array(record), sizes, async (records, of) => {
      const text = records.map((one) => `${one}\r\n`).join('');
      expect(await Array.fromAsync(readLines(makeStream(text, of), isWholeRecord))).toEqual(records);
    }),
  );
});

it('an answer without a body has no lines', async () => {
  expect(await Array.fromAsync(readLines(null))).toEqual([]);
});

it('who stops reading stops the stream', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('line\n')),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const line of readLines(endless)) {
    expect(line).toBe('line');
    break;
  }
  expect(cancelled).toBe(true);
});
