import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Terminal } from './terminal.ts';

let out: PassThrough;
let err: PassThrough;
let terminal: Terminal;
beforeEach(() => {
  vi.useFakeTimers();
  [out, err] = [new PassThrough(), new PassThrough()];
  terminal = new Terminal(out, err);
});
afterEach(() => vi.useRealTimers());

const shown = (stream: PassThrough) => String(stream.read() ?? '');

test('only what others wait for goes to standard output', async () => {
  terminal.announce('ready http://127.0.0.1:3000');
  await terminal.step('Postgres runs', async () => undefined);
  expect(shown(out)).toBe('ready http://127.0.0.1:3000\n');
  expect(shown(err)).toMatch(/^ {2}Postgres runs \(\d+\.\d s\)\n$/);
});

test('the same trouble is shown again after ten seconds, other trouble at once', () => {
  terminal.trouble('processor', 'the log is away');
  terminal.trouble('processor', 'the log is away');
  terminal.trouble('collector', 'the log is away');
  expect(shown(err)).toBe('processor: the log is away\ncollector: the log is away\n');
  vi.advanceTimersByTime(10_000);
  terminal.trouble('processor', 'the log is away');
  expect(shown(err)).toBe('processor: the log is away\n');
});

test('a reader that has gone is no reason to stop', () => {
  expect(() => {
    out.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    terminal.note('still here');
  }).not.toThrow();
});
