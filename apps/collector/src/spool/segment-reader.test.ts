import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftFrame, readRecords, sealFrame } from './frame.ts';
import { MemoryFiles } from './memory-files.fixture.ts';
import { anyRecord, record } from './records.fixture.ts';
import { type Found, SegmentReader } from './segment-reader.ts';

const SALT = 0x1234_5678;
const NAME = 'segment';

type Frame = { start: number; end: number; values: string[] };

function makeSegment(requests: Parameters<typeof draftFrame>[0][]): { bytes: Buffer; frames: Frame[] } {
  const frames: Frame[] = [];
  let offset = 0;
  const parts = requests.map((records) => {
    const { bytes } = draftFrame(records);
    sealFrame(bytes, { salt: SALT, offset });
    frames.push({ start: offset, end: offset + bytes.length, values: records.map(({ value }) => value) });
    offset += bytes.length;
    return bytes;
  });
  return { bytes: Buffer.concat(parts), frames };
}

/** Everything that a reader finds in some bytes, however few of them it gets at a time. */
async function read(bytes: Buffer, { salt = SALT, files = new MemoryFiles() } = {}): Promise<Found[]> {
  await files.create(NAME);
  files.replace(NAME, bytes);
  const reader = new SegmentReader(await files.open(NAME), salt, 0);
  const found: Found[] = [];
  for (let next = await reader.next(bytes.length); next !== null; next = await reader.next(bytes.length))
    found.push(next);
  return found;
}

const framesIn = (found: readonly Found[]): Frame[] =>
  found.flatMap((one) =>
    one.kind === 'frame'
      ? [{ start: one.start, end: one.end, values: readRecords(one.frame).map(({ value }) => value) }]
      : [],
  );
const damageIn = (found: readonly Found[]) => found.filter(({ kind }) => kind === 'damage');

const anySegment = fc
  .array(fc.array(anyRecord, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  .map(makeSegment);

describe('a segment', { timeout: 30_000 }, () => {
  test('cut off at any byte gives the frames before the cut, exactly, and tells what is left', async () => {
    await fc.assert(
      fc.asyncProperty(anySegment, fc.nat(), async ({ bytes, frames }, where) => {
        const cut = where % (bytes.length + 1);
        const found = await read(bytes.subarray(0, cut));
        const whole = frames.filter(({ end }) => end <= cut);
        expect(framesIn(found)).toEqual(whole);
        const end = whole.at(-1)?.end ?? 0;
        expect(damageIn(found)).toEqual(
          end === cut ? [] : [{ kind: 'damage', start: end, end: cut, isTail: true }],
        );
      }),
      { numRuns: 300 },
    );
  });

  test('with any byte changed gives every frame but the one with the byte, and tells where that was', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySegment,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async ({ bytes, frames }, where, mask) => {
          const at = where % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ mask;
          const found = await read(bytes);
          const hit = frames.find(({ start, end }) => start <= at && at < end);
          expect(framesIn(found)).toEqual(frames.filter((frame) => frame !== hit));
          expect(damageIn(found)).toEqual([
            { kind: 'damage', start: hit?.start, end: hit?.end, isTail: hit === frames.at(-1) },
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('with any stretch overwritten by anything gives the frames outside it, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySegment,
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 400 }),
        async ({ bytes, frames }, where, noise) => {
          const at = where % bytes.length;
          Buffer.from(noise).copy(bytes, at);
          const isHit = ({ start, end }: Frame) => start < at + noise.length && at < end;
          const outside = frames.filter((frame) => !isHit(frame));
          const found = framesIn(await read(bytes));
          // The noise may by chance be what was there.
          expect(found).toEqual(
            frames.filter(
              (frame) => outside.includes(frame) || found.some(({ start }) => start === frame.start),
            ),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is read the same however few bytes the disk gives at a time', async () => {
    await fc.assert(
      fc.asyncProperty(anySegment, fc.integer({ min: 1, max: 50 }), async ({ bytes, frames }, atMost) => {
        const files = new MemoryFiles();
        files.fault = (operation) => (operation === 'read' ? { bytes: atMost } : undefined);
        expect(framesIn(await read(bytes, { files }))).toEqual(frames);
      }),
    );
  });

  test('of anything at all gives nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), async (noise) => {
        expect(framesIn(await read(Buffer.from(noise)))).toEqual([]);
      }),
    );
  });
});

test('a frame that a sender has put into an event is not taken for one, whatever is damaged around it', async () => {
  const { bytes: forged } = makeSegment([[record({ value: '{"forged":1}' })]]);
  const { bytes, frames } = makeSegment([
    [record()],
    [record({ value: forged.toString('latin1').replaceAll('\n', ' ') })],
    [record()],
  ]);
  const [, second] = frames;
  if (second === undefined) throw new Error('three frames');
  // Its bytes as they are, as if text could hold them.
  forged.copy(bytes, second.start + 40);
  expect(framesIn(await read(bytes))).toEqual([frames[0], frames[2]]);
});

test('a frame of another segment is none, nor one that the disk has put elsewhere', async () => {
  const { bytes, frames } = makeSegment([[record()], [record()], [record()]]);
  expect(framesIn(await read(bytes, { salt: SALT + 1 }))).toEqual([]);
  const [first, second] = frames;
  if (first === undefined || second === undefined) throw new Error('three frames');
  bytes.copy(bytes, second.start, first.start, first.end);
  expect(framesIn(await read(bytes)).map(({ start }) => start)).toEqual([first.start, frames[2]?.start]);
});

test('blocks that the disk cannot read cost the frames in them and no others', async () => {
  const { bytes, frames } = makeSegment(
    Array.from({ length: 60 }, () => [record({ value: JSON.stringify('x'.repeat(900)) })]),
  );
  const files = new MemoryFiles();
  await files.create(NAME);
  files.replace(NAME, bytes);
  const file = await files.open(NAME);
  const bad = { from: 3 * 4_096, to: 5 * 4_096 };
  const sick = {
    ...file,
    read: async (into: Uint8Array, position: number) => {
      if (position < bad.to && position + into.length > bad.from)
        throw Object.assign(new Error('EIO'), { code: 'EIO' });
      return file.read(into, position);
    },
  };
  const reader = new SegmentReader(sick, SALT, 0);
  const found: Found[] = [];
  for (let next = await reader.next(bytes.length); next !== null; next = await reader.next(bytes.length))
    found.push(next);
  expect(framesIn(found)).toEqual(frames.filter(({ start, end }) => end <= bad.from || start >= bad.to));
  expect(damageIn(found)).toHaveLength(1);
});

test('a segment that grows is read on', async () => {
  const { bytes, frames } = makeSegment([[record()], [record()], [record()]]);
  const files = new MemoryFiles();
  await files.create(NAME);
  files.replace(NAME, bytes);
  const reader = new SegmentReader(await files.open(NAME), SALT, 0);
  const [first, second] = frames;
  expect(await reader.next(first?.end ?? 0)).toMatchObject({ kind: 'frame', end: first?.end });
  expect(await reader.next(first?.end ?? 0)).toBeNull();
  expect(await reader.next(second?.end ?? 0)).toMatchObject({ kind: 'frame', start: second?.start });
  expect(await reader.next(bytes.length)).toMatchObject({ kind: 'frame', start: second?.end });
});
