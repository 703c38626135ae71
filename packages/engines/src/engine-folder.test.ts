import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { processRef } from '@footfall/installation/process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engineIn, RECIPES, restartIn, urlIn } from './engine.ts';
import { fillIn, layOut, logTail, readNote, runningIn, writeNote } from './engine-folder.ts';
import { ENGINE_NAMES } from './recipe.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'footfall-engine-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a template takes what it asks for, and nothing is left open', () => {
  const slot = (name: string) => `\${${name}}`;
  const template = `a=${slot('PORT')}:${slot('PORT2')} ${slot('...')} ${slot('PORT')}`;
  expect(fillIn(template, { PORT: 1, PORT2: 'x' })).toBe(`a=1:x ${slot('...')} 1`);
  expect(() => fillIn(slot('OTHER'), { PORT: 1 })).toThrow('OTHER');
});

describe.each(ENGINE_NAMES)('the configuration of %s', (name) => {
  test('names its ports and its data, and is made anew while the data stays', async () => {
    const layOutAt = (port: number) => layOut(dir, RECIPES[name], { name, jars: '/jars', port, heap: '1g' });
    const { data, config } = await layOutAt(2001);
    await writeFile(path.join(data, 'kept'), '');
    await layOutAt(4001);
    expect(await readdir(config)).toEqual([...RECIPES[name].templates].sort());
    const [main = ''] = RECIPES[name].templates;
    const text = await readFile(path.join(config, main), 'utf8');
    expect(text).toMatch(/4001[\s\S]*4002|4002[\s\S]*4001/);
    expect(text).not.toContain('2001');
    expect(await readdir(data)).toEqual(['kept']);
  });
});

describe('what a folder tells', () => {
  const note = { name: 'kafka', port: 2001, tuning: 'quick', process: processRef(process.pid) } as const;

  test('of a folder without an engine: nothing', async () => {
    expect(readNote(dir)).toBeUndefined();
    expect(engineIn(dir)).toBeUndefined();
    await expect(restartIn(dir)).rejects.toMatchObject({ code: 'not_started' });
  });

  test('of one that runs: where it is', async () => {
    await writeNote(dir, note);
    expect(engineIn(dir)).toMatchObject({ name: 'kafka', pid: process.pid, url: 'kafka://127.0.0.1:2001' });
  });

  test('of one whose process id belongs to another process now: that it is down, and where it was', async () => {
    await writeNote(dir, { ...note, process: { pid: process.pid, identity: 'another' } });
    expect(runningIn(dir)).toBeUndefined();
    expect(engineIn(dir)).toBeUndefined();
    expect(urlIn(dir)).toBe('kafka://127.0.0.1:2001');
  });

  test('the end of a long log', async () => {
    const lines = Array.from({ length: 100 }, (_, n) => `line ${n}`);
    await writeFile(path.join(dir, 'engine.log'), `${lines.join('\n')}\n`);
    expect((await logTail(dir)).split('\n')).toEqual(lines.slice(-15));
  });
});
