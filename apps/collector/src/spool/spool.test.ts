import { crc32 } from 'node:zlib';
import type { LogRecord } from '@footfall/eventlog/event-log';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draftFrame, HEADER_BYTES, sealFrame } from './frame.ts';
import { type Fault, MemoryFiles, type Operation } from './memory-files.fixture.ts';
import { ids, large, record } from './records.fixture.ts';
import { drained, MB, openSpool } from './spool.fixture.ts';
import type { Spool } from './spool.ts';

const listSegments = (files: MemoryFiles) => files.names.filter((name) => name.endsWith('.spool'));

/** A fault at the n-th of an operation, from 0. */
function failing(operation: Operation, fault: Fault, at = 0): MemoryFiles['fault'] {
  let seen = 0;
  return (asked) => {
    if (asked !== operation) return undefined;
    seen += 1;
    return seen - 1 === at ? fault : undefined;
  };
}

describe('what goes in', () => {
  test('comes out in order, once; then nothing is on the disk', async () => {
    const files = new MemoryFiles();
    const { spool, told } = await openSpool({ files });
    const records = Array.from({ length: 5_000 }, () => record());
    await Promise.all(records.map((one) => spool.append([one])));
    expect([spool.isEmpty, spool.backlog.records]).toEqual([false, 5_000]);
    expect(await drained(spool)).toEqual(records);
    expect([spool.isEmpty, spool.bytes, spool.backlog.records, spool.backlog.oldest]).toEqual([
      true,
      0,
      0,
      null,
    ]);
    expect([listSegments(files), told]).toEqual([
      [],
      { spooled: 5_000, drained: 0, skipped: [], refused: [], trouble: [] },
    ]);
  });

  test('that comes together shares a sync, and nothing waits for company', async () => {
    const files = new MemoryFiles();
    let syncs = 0;
    files.fault = (operation) => {
      if (operation === 'sync') syncs += 1;
      return undefined;
    };
    const { spool } = await openSpool({ files });
    await spool.append([record()]);
    expect(syncs).toBe(1);
    await Promise.all(Array.from({ length: 100 }, () => spool.append([record()])));
    expect(syncs).toBeLessThanOrEqual(3);
  });

  test('is cut into segments, and those that are done go one by one', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files, maxBytes: 4 * MB });
    for (let count = 0; count < 30; count += 1) await spool.append([large(100_000)]);
    const before = listSegments(files).length;
    expect(before).toBeGreaterThan(8);
    const batch = await spool.next();
    if (batch !== null) await spool.done(batch);
    expect(listSegments(files).length).toBeLessThan(before - 2);
    expect(await drained(spool)).toHaveLength(30 - (batch?.records.length ?? 0));
  });

  test('while it is being read comes after what was there', async () => {
    const { spool } = await openSpool();
    const [first, second] = [record(), record()];
    await spool.append([first]);
    const batch = await spool.next();
    await spool.append([second]);
    expect(await spool.next()).toMatchObject({ records: [second] });
    expect(batch).toMatchObject({ records: [first] });
  });

  test('is refused when it is flawed, and its neighbours are not', async () => {
    const { spool } = await openSpool();
    const good = record();
    const results = await Promise.allSettled([spool.append([record({ value: '\n' })]), spool.append([good])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(await drained(spool)).toEqual([good]);
  });
});

describe('a process that ends', () => {
  test('leaves what it did not hand over, and the next one counts it', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files, maxBytes: 4 * MB });
    const records = Array.from({ length: 40 }, () => large(60_000));
    for (const one of records) await spool.append([one]);
    const batch = await spool.next();
    if (batch === null) throw new Error('a batch');
    await spool.done(batch);
    await spool.next();
    const { spool: next } = await openSpool({ files: files.afterKill(), maxBytes: 4 * MB });
    await next.append([records[0] as LogRecord]);
    await next.count();
    const left = records.slice(batch.records.length);
    expect(next.backlog.records).toBe(left.length + 1);
    expect(next.backlog.oldest).toBeLessThanOrEqual(left[0]?.receivedAt ?? 0);
    expect(ids(await drained(next))).toEqual(ids([...left, records[0] as LogRecord]));
  });

  test('and whose last write was cut off: the rest of it is nothing, and is told', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files });
    const [first, second] = [record(), record()];
    await spool.append([first]);
    await spool.append([second]);
    const [name = ''] = listSegments(files);
    const content = files.content(name);
    files.replace(name, content.subarray(0, content.length - 5));
    const { spool: next, told } = await openSpool({ files: files.afterKill() });
    expect(await drained(next)).toEqual([first]);
    expect(told.skipped).toEqual([{ start: expect.any(Number), end: content.length - 5, kind: 'torn' }]);
    expect(next.isEmpty).toBe(true);
  });

  test('with a position that cannot be read, or is of a segment that is gone: everything comes again', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files, maxBytes: 4 * MB });
    const records = Array.from({ length: 4 }, () => large(400_000));
    for (const one of records) await spool.append([one]);
    const batch = await spool.next();
    if (batch !== null) await spool.done(batch);
    const left = ids(records.slice(batch?.records.length));
    files.replace('position', Buffer.from('nonsense of twenty bytes'));
    const { spool: next } = await openSpool({ files: files.afterKill(), maxBytes: 4 * MB });
    expect(ids(await drained(next))).toEqual(left);
  });
});

describe('a disk that fails', () => {
  test.each<[string, Operation, Fault, string]>([
    ['is full', 'write', { code: 'ENOSPC', bytes: 7 }, 'spool_full'],
    ['cannot write', 'write', { code: 'EIO', bytes: 0 }, 'spool_failed'],
    ['cannot sync', 'sync', { code: 'EIO' }, 'spool_failed'],
    ['makes no file', 'create', { code: 'ENOSPC' }, 'spool_full'],
    ['keeps no name', 'syncFolder', { code: 'EIO' }, 'spool_failed'],
  ])(
    '%s: those who wait are refused, nothing of theirs comes back, and the next are taken',
    async (_, operation, fault, code) => {
      const files = new MemoryFiles();
      const { spool, told } = await openSpool({ files });
      const [good, refused, again] = [record(), record(), record()];
      if (operation !== 'create' && operation !== 'syncFolder') await spool.append([good]);
      files.fault = failing(operation, fault);
      await expect(spool.append([refused])).rejects.toMatchObject({ code, status: 503, retriable: true });
      expect(spool.problem).toMatch(/spool/);
      await spool.append([again]);
      expect(spool.problem).toBeNull();
      const expected = operation === 'create' || operation === 'syncFolder' ? [again] : [good, again];
      const crashed = files.afterCrash(() => 0);
      expect(await drained(spool)).toEqual(expected);
      const { spool: next, told: toldNext } = await openSpool({ files: crashed });
      expect(await drained(next)).toEqual(expected);
      expect([told.skipped, toldNext.skipped]).toEqual([[], []]);
    },
  );

  test('a file whose sync failed gets nothing any more: it would keep nothing', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files });
    await spool.append([record()]);
    const [distrusted] = listSegments(files);
    files.fault = failing('sync', { code: 'EIO' });
    await expect(spool.append([record()])).rejects.toThrow();
    const size = files.content(distrusted ?? '').length;
    await spool.append([record()]);
    expect(files.content(distrusted ?? '')).toHaveLength(size);
    expect(listSegments(files)).toHaveLength(2);
  });

  test('has room for one of two requests that come together: both are refused, and neither comes back', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files });
    files.fault = failing('write', { code: 'ENOSPC', bytes: 1_500 });
    const both = await Promise.allSettled([spool.append([large(1_000)]), spool.append([large(1_000)])]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const { spool: next } = await openSpool({ files: files.afterKill() });
    expect(await drained(next)).toEqual([]);
  });

  test('short writes are gone on with', async () => {
    const files = new MemoryFiles();
    files.fault = (operation) => (operation === 'write' ? { bytes: 3 } : undefined);
    const { spool } = await openSpool({ files });
    const records = [record(), record()];
    await spool.append(records);
    expect(await drained(spool)).toEqual(records);
  });

  test('for long leaves no heap of empty files', async () => {
    const files = new MemoryFiles();
    files.fault = (operation) => (operation === 'sync' ? { code: 'EIO' } : undefined);
    const { spool } = await openSpool({ files });
    for (let count = 0; count < 20; count += 1) await expect(spool.append([record()])).rejects.toThrow();
    expect(listSegments(files)).toEqual([]);
  });

  test('in the middle of reading: what was read of the batch comes again', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files, maxBytes: 2 * MB });
    const records = Array.from({ length: 8 }, () => large(100_000));
    for (const one of records) await spool.append([one]);
    files.fault = failing('open', { code: 'EACCES' }, 2);
    await expect(spool.next()).rejects.toThrow('EACCES');
    expect(ids(await drained(spool))).toEqual(ids(records));
  });

  test('deletes nothing: it is told, and the spool goes on', async () => {
    const files = new MemoryFiles();
    files.fault = (operation) => (operation === 'remove' ? { code: 'EIO' } : undefined);
    const { spool, told } = await openSpool({ files });
    const [first, second] = [record(), record()];
    await spool.append([first]);
    expect(await drained(spool)).toEqual([first]);
    await spool.append([second]);
    expect(await drained(spool)).toEqual([second]);
    expect(told.trouble.length).toBeGreaterThan(0);
  });

  test('has damaged a frame: it is told where, and all others come', async () => {
    const files = new MemoryFiles();
    const { spool, told } = await openSpool({ files });
    const records = Array.from({ length: 5 }, () => record());
    for (const one of records) await spool.append([one]);
    const [name = ''] = listSegments(files);
    const content = Buffer.from(files.content(name));
    content[Math.floor(content.length / 2)] = 0;
    files.replace(name, content);
    expect(await drained(spool)).toEqual(records.toSpliced(2, 1));
    expect(told.skipped).toEqual([expect.objectContaining({ kind: 'damaged' })]);
    expect([spool.isEmpty, spool.backlog.records]).toEqual([true, 0]);
  });
});

describe('limits', () => {
  test('no more than it may have, and room again as it is drained', async () => {
    const { spool } = await openSpool({ maxBytes: MB });
    const kept: number[] = [];
    const fill = async () => {
      for (;;) {
        const one = large(50_000);
        await spool.append([one]);
        kept.push(...ids([one]));
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'spool_full', status: 503 });
    expect(spool.problem).toMatch(/1 MB/);
    expect(spool.bytes).toBeLessThanOrEqual(MB);
    expect(spool.bytes).toBeGreaterThan(0.9 * MB);
    expect(ids(await drained(spool))).toEqual(kept);
    await spool.append([large(50_000)]);
  });

  test('leaves room on the disk for the database that has to come back', async () => {
    const files = new MemoryFiles();
    files.capacity = MB;
    files.tellsSpace = true;
    await files.create('others');
    const filledTo = async (share: number) => {
      files.replace('others', Buffer.alloc(share * MB));
      return (await openSpool({ files })).spool.append([record()]);
    };
    await expect(filledTo(0.9)).resolves.toBeUndefined();
    await expect(filledTo(0.96)).rejects.toMatchObject({
      code: 'spool_full',
      message: expect.stringContaining('nearly full'),
    });
    files.tellsSpace = false;
    const { spool } = await openSpool({ files });
    await expect(spool.append([record()])).resolves.toBeUndefined();
  });

  test('what waits for a disk that hangs is bounded', async () => {
    const files = new MemoryFiles();
    const { spool } = await openSpool({ files, maxBytes: 1_000 * MB });
    const waiting = Array.from({ length: 6 }, () => spool.append([large(8 * MB)]));
    const results = await Promise.allSettled(waiting);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.reason).toMatchObject({ code: 'spool_overloaded', status: 503 });
    expect(await drained(spool)).toHaveLength(6 - refused.length);
  });
});

describe('whatever happens', () => {
  type Step =
    | { kind: 'append'; requests: number[] }
    | { kind: 'drain'; acknowledges: boolean }
    | { kind: 'fault'; operation: Operation; fault: Fault }
    | { kind: 'crash'; choices: number[] };

  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('append' as const),
        requests: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('drain' as const), acknowledges: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('fault' as const),
        operation: fc.constantFrom<Operation>(
          'write',
          'sync',
          'truncate',
          'create',
          'syncFolder',
          'close',
          'remove',
          'open',
          'read',
        ),
        fault: fc.record({
          code: fc.constantFrom('ENOSPC' as const, 'EIO' as const, 'EACCES' as const),
          bytes: fc.nat(300),
        }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('crash' as const),
        choices: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 20 }),
      }),
    },
  );

  /** Runs a story; answers what was offered, what of it was answered, and what came out, each in order. */
  async function live(steps: readonly Step[]) {
    let files = new MemoryFiles();
    const offered = new Map<number, LogRecord>();
    const answered: number[] = [];
    const out: LogRecord[] = [];
    const damaged: unknown[] = [];
    let { spool, told } = await openSpool({ files, maxBytes: 2 * MB });

    const append = async (sizes: readonly number[]) => {
      const requests = sizes.map((size) => Array.from({ length: size }, () => large(size * 3_000)));
      for (const one of requests.flat()) for (const id of ids([one])) offered.set(id, one);
      const results = await Promise.allSettled(requests.map((records) => spool.append(records)));
      for (const [index, { status }] of results.entries()) {
        if (status === 'fulfilled') answered.push(...ids(requests[index] ?? []));
      }
    };
    const drain = async (acknowledges: boolean) => {
      // A disk that cannot be read now can be later.
      const batch = await spool.next().catch(() => null);
      if (batch === null) return;
      out.push(...batch.records);
      if (acknowledges) await spool.done(batch);
      else await reopen(files.afterKill());
    };
    const reopen = async (found: MemoryFiles) => {
      damaged.push(...told.skipped.filter(({ kind }) => kind === 'damaged'));
      files = found;
      ({ spool, told } = await openSpool({ files, maxBytes: 2 * MB }));
    };

    for (const taken of steps) {
      if (taken.kind === 'append') await append(taken.requests);
      if (taken.kind === 'drain') await drain(taken.acknowledges);
      if (taken.kind === 'fault') files.fault = failing(taken.operation, taken.fault, 0);
      if (taken.kind === 'crash') {
        let turn = 0;
        const choose = (upTo: number) => {
          turn += 1;
          return (taken.choices[turn % taken.choices.length] ?? 0) % (upTo + 1);
        };
        await reopen(files.afterCrash(choose));
      }
    }
    await reopen(files.afterCrash(() => 0));
    out.push(...(await drained(spool)));
    await reopen(files);
    return { offered, answered, out, damaged, spool };
  }

  test('what was answered comes out, in order; what comes out was offered; nothing of it is called damage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const { offered, answered, out, damaged, spool } = await live(steps);
        const firsts = [...new Set(ids(out))];
        expect(firsts.filter((id) => answered.includes(id))).toEqual(answered);
        expect(out).toEqual(ids(out).map((id) => offered.get(id)));
        expect(damaged).toEqual([]);
        expect((spool as Spool).isEmpty).toBe(true);
      }),
      { numRuns: 400 },
    );
  }, 60_000);
});

/** A frame of a version whose body nobody here knows. */
function laterFrame(place: { salt: number; offset: number }): Buffer {
  const { bytes } = draftFrame([record()]);
  sealFrame(bytes, place);
  bytes.writeUInt8(2, 3);
  bytes.writeUInt32LE(crc32(bytes.subarray(HEADER_BYTES), crc32(bytes.subarray(0, 12), place.salt)), 12);
  return bytes;
}

describe('a spool that a later version has left', () => {
  test('gives what this one knows, then says so and keeps the rest; what comes is taken', async () => {
    const files = new MemoryFiles();
    const salt = 0x1234_5678;
    const known = [record(), record()];
    const { bytes: first } = draftFrame(known);
    sealFrame(first, { salt, offset: 0 });
    const name = '0000000001-12345678.spool';
    await files.create(`/spool/${name}`);
    files.replace(name, Buffer.concat([first, laterFrame({ salt, offset: first.length })]));
    const { spool, told } = await openSpool({ files });
    const batch = await spool.next();
    expect(batch?.records).toEqual(known);
    if (batch !== null) await spool.done(batch);
    await spool.append([record()]);
    for (let attempt = 0; attempt < 2; attempt += 1)
      await expect(spool.next()).rejects.toMatchObject({ code: 'spool_newer' });
    expect(listSegments(files)).toContain(name);
    expect(told.skipped).toEqual([]);
  });
});
