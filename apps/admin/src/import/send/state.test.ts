import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetImport, readState, stateFile, writeState, zeroCounts } from './state.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'footfall-import-state-'));
  file = await stateFile(folder, 'site_a');
});
afterEach(() => rm(folder, { recursive: true }));

test('before the first import nothing is done, and no state shares anything with another', async () => {
  const state = await readState(file);
  expect(state).toEqual({ keyId: null, files: [] });
  state.files.push({ format: 'csv', records: 1, digest: 'd', done: true, counts: zeroCounts() });
  expect((await readState(file)).files).toEqual([]);
});

test('what was written is read, and what a later version keeps there stays', async () => {
  const progress = { format: 'csv', records: 7, digest: 'd', done: false, counts: zeroCounts() } as const;
  await writeFile(file, JSON.stringify({ keyId: 'key', files: [{ ...progress, later: 1 }], later: 2 }));
  const state = await readState(file);
  expect(state).toEqual({ keyId: 'key', files: [{ ...progress, later: 1 }], later: 2 });
  await writeState(file, state);
  expect(await readState(file)).toEqual(state);
});

test('what an earlier version kept less of is as nothing done', async () => {
  await writeFile(file, '{}');
  expect(await readState(file)).toEqual({ keyId: null, files: [] });
});

test('an import that is taken back is forgotten with all that went on behind it, and no other', async () => {
  const state = await readState(file);
  const progress = { format: 'csv', records: 7, digest: 'd', done: true, counts: zeroCounts() } as const;
  state.files = [
    { ...progress, imports: ['import_a'] },
    { ...progress, imports: ['import_a', 'import_b'] },
    { ...progress, imports: ['import_b'] },
    progress,
  ];
  state.open = { importId: 'import_a', from: '/logs' };
  forgetImport(state, 'import_a');
  expect(state).toEqual({ keyId: null, files: [{ ...progress, imports: ['import_b'] }, progress] });
});
