import { expect, test, vi } from 'vitest';
import { whileStoresAreAway } from './stores-away.ts';

const refused = () =>
  Object.assign(new Error('connect'), { code: 'ECONNREFUSED', address: '127.0.0.1', port: 5432 });

function waiting(more: object = {}) {
  const notes: string[] = [];
  const onAway = vi.fn(async () => '; the collector takes events meanwhile');
  const signal = new AbortController().signal;
  return {
    notes,
    onAway,
    options: { terminal: { note: (line: string) => notes.push(line) }, signal, onAway, ...more },
  };
}

test('what is away is waited for, said once, and goes on by itself', async () => {
  const { notes, onAway, options } = waiting();
  const work = vi
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(refused())
    .mockResolvedValueOnce('prepared');
  expect(await whileStoresAreAway(work, options)).toBe('prepared');
  expect(notes).toEqual([
    '  127.0.0.1:5432 refuses connections (ECONNREFUSED); waiting for it, 10 minutes at most; the collector takes events meanwhile',
  ]);
  expect(onAway).toHaveBeenCalledTimes(1);
});

test('it is not waited for longer than it may take', async () => {
  const { options } = waiting({ waitMs: 0 });
  await expect(whileStoresAreAway(() => Promise.reject(refused()), options)).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});

test('what is wrong and does not come by itself is not waited for', async () => {
  const { notes, onAway, options } = waiting();
  const wrong = Object.assign(new Error('no'), { code: '28P01' });
  await expect(whileStoresAreAway(() => Promise.reject(wrong), options)).rejects.toBe(wrong);
  expect(notes).toEqual([]);
  expect(onAway).not.toHaveBeenCalled();
});

test('an operator who changes his mind ends the wait', async () => {
  const stop = new AbortController();
  const { options } = waiting({ signal: stop.signal });
  const work = async () => {
    stop.abort(new Error('stopped'));
    throw refused();
  };
  await expect(whileStoresAreAway(work, options)).rejects.toThrow('stopped');
});
