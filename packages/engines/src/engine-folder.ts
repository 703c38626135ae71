import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isRunning, type ProcessRef } from '@footfall/installation/process';
import { engineFailure } from './errors.ts';
import { recipeFolder } from './jars.ts';
import type { EngineName, Place, Recipe, Tuning } from './recipe.ts';

/** What a folder tells of the engine that was started in it last. */
export type Note = { name: EngineName; port: number; tuning: Tuning; process: ProcessRef };

const LOG_LINES = 15;

const noteFile = (dir: string) => path.join(dir, 'engine.json');

/** Where an engine of this folder writes what it has to say. */
export const logFile = (dir: string): string => path.join(dir, 'engine.log');

/** The engine that was started last in a folder; undefined when none was. */
export function readNote(dir: string): Note | undefined {
  const file = noteFile(dir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Note) : undefined;
}

/** The engine that runs in a folder now. */
export function runningIn(dir: string): Note | undefined {
  const note = readNote(dir);
  return note !== undefined && isRunning(note.process) ? note : undefined;
}

/** Written aside and renamed: others read it at any time. */
export async function writeNote(dir: string, note: Note): Promise<void> {
  await writeFile(`${noteFile(dir)}.new`, JSON.stringify(note));
  await rename(`${noteFile(dir)}.new`, noteFile(dir));
}

/** A file's descriptor for the duration of a call. */
export async function withLog<T>(dir: string, use: (descriptor: number) => T | Promise<T>): Promise<T> {
  const descriptor = openSync(logFile(dir), 'a');
  try {
    return await use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The last lines of the engine's log, for who asks why it does not run. */
export async function logTail(dir: string): Promise<string> {
  const text = await readFile(logFile(dir), 'utf8');
  return text.trimEnd().split('\n').slice(-LOG_LINES).join('\n');
}

/** A template with each `${NAME}` replaced; one that has no value is a fault of the recipe. */
export function fillIn(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\$\{([A-Z0-9]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw engineFailure('engine_failed', `the template asks for ${name}`);
    return String(value);
  });
}

/** Makes the folder of an engine with its configuration in it, anew; what data it holds stays. */
export async function layOut(
  dir: string,
  recipe: Recipe,
  options: Omit<Place, 'config' | 'data'> & { name: EngineName },
): Promise<Place> {
  const { name, ...rest } = options;
  const place = { ...rest, config: path.join(dir, 'config'), data: path.join(dir, 'data') };
  for (const folder of [place.config, place.data, path.join(dir, 'tmp')])
    await mkdir(folder, { recursive: true });
  const values = { PORT: place.port, PORT2: place.port + 1, DATA: place.data, DIR: dir };
  for (const file of recipe.templates) {
    const template = await readFile(path.join(recipeFolder(name), file), 'utf8');
    await writeFile(path.join(place.config, file), fillIn(template, values));
  }
  return place;
}
