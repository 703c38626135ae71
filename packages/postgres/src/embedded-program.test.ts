import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { complaintSince, fileSize, startProgram } from './embedded-program.ts';

const OURSELVES = { prefix: [] };

let folder: string;
let log: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-program-'));
  log = path.join(folder, 'program.log');
});
afterEach(() => rm(folder, { recursive: true }));

const sh = (script: string) => startProgram(OURSELVES, log, ['sh', '-c', script]);

describe('a program', () => {
  test('writes all that it says after what the log has already', async () => {
    await writeFile(log, 'earlier\n');
    await sh('echo out; echo err >&2').ended;
    expect(await readFile(log, 'utf8')).toBe('earlier\nout\nerr\n');
  });

  test.each([
    ['ends well', 'exit 0', 0],
    ['ends with an error', 'exit 7', 7],
    ['is ended by a signal', 'kill -9 $$', null],
  ])('that %s has the code that says so', async (_how, script, code) => {
    const program = sh(script);
    expect(program.pid).toBeGreaterThan(1);
    await program.ended;
    expect(program.hasEnded()).toBe(true);
    expect(program.code()).toBe(code);
  });

  test('that cannot be started has ended, and has neither an id nor a code', async () => {
    const program = startProgram(OURSELVES, log, [path.join(folder, 'absent')]);
    await program.ended;
    expect([program.pid, program.code(), program.hasEnded()]).toEqual([0, null, true]);
  });

  test('runs until it is told to stop, and hears how', async () => {
    const program = sh(`trap 'echo heard; exit 3' INT; echo ready; while :; do sleep 0.05; done`);
    await expect.poll(() => readFile(log, 'utf8')).toBe('ready\n');
    expect(program.hasEnded()).toBe(false);
    expect(program.code()).toBeNull();
    program.signal('SIGINT');
    await program.ended;
    expect(program.code()).toBe(3);
    expect(await readFile(log, 'utf8')).toBe('ready\nheard\n');
  });

  test('is run by the command that stands in front of its own', async () => {
    const as = { prefix: ['env', 'WHO=somebody else'] };
    await startProgram(as, log, ['sh', '-c', 'echo "$WHO"']).ended;
    expect(await readFile(log, 'utf8')).toBe('somebody else\n');
  });

  test('has a session of its own: Ctrl-C in the terminal does not reach it', async () => {
    // Only the first process of a group has a group of its number.
    const program = sh('kill -0 -$$');
    await program.ended;
    expect(program.code()).toBe(0);
  });
});

describe('the size of a log', () => {
  test('is 0 when there is none', async () => expect(await fileSize(log)).toBe(0));

  test('is in bytes', async () => {
    await writeFile(log, 'für');
    expect(await fileSize(log)).toBe(4);
  });
});

describe('what a log complains of', () => {
  const PATTERN = /^initdb: (.*)|FATAL: +(.*)/;

  test.each([
    ['nothing', 'all is well\n', undefined],
    ['in the first form', 'initdb: error: no room\n', 'error: no room'],
    ['in the second form', '12:00 [7] FATAL:  no memory\n', 'no memory'],
    ['the last of several', 'FATAL: one\nFATAL: two\nbye\n', 'two'],
    ['a line that is not whole yet', 'FATAL: cut sho', 'cut sho'],
  ])('%s', async (_what, text, complaint) => {
    await writeFile(log, text);
    expect(await complaintSince(log, 0, PATTERN)).toBe(complaint);
  });

  test('is looked for after what was there before, in bytes and not in letters', async () => {
    const before = 'FATAL: zu früh\n';
    await writeFile(log, before);
    const from = await fileSize(log);
    await writeFile(log, `${before}all is well\n`);
    expect(await complaintSince(log, from, PATTERN)).toBeUndefined();
    await writeFile(log, `${before}FATAL: again\n`);
    expect(await complaintSince(log, from, PATTERN)).toBe('again');
  });
});
