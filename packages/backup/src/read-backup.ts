import { readBackupFile } from './backup-file.ts';
import { backupFailure } from './errors.ts';
import type { Frame } from './frames.ts';
import type { End, Head } from './head.ts';
import type { Table } from './tables.ts';

/** What a backup says of itself: at its beginning, and at its end. */
export type Contents = { head: Head; end: End };

/** A part of a backup, with its bytes; they are read before the next part is asked for. */
export type Part =
  | { kind: 'head'; head: Head }
  | { kind: 'table'; table: Table; data: AsyncIterable<Buffer> }
  | { kind: 'file'; path: string; data: AsyncIterable<Buffer> }
  | { kind: 'end'; end: End };

const damaged = (what: string, cause?: unknown) =>
  backupFailure('backup_damaged', `the backup is damaged: ${what}`, { cause });

/** The frames of a backup, of which the next can be looked at. */
class Frames {
  readonly #frames: AsyncIterator<Frame>;
  #next: Frame | undefined;

  constructor(frames: AsyncIterator<Frame>) {
    this.#frames = frames;
  }

  async peek(): Promise<Frame | undefined> {
    if (this.#next === undefined) {
      const { value, done } = await this.#frames.next();
      this.#next = done === true ? undefined : value;
    }
    return this.#next;
  }

  async take(): Promise<Frame | undefined> {
    const frame = await this.peek();
    this.#next = undefined;
    return frame;
  }

  async *data(): AsyncGenerator<Buffer> {
    while ((await this.peek())?.kind === 'data') yield (await this.take())?.bytes ?? Buffer.alloc(0);
  }
}

function readPart({ kind, bytes }: Frame, frames: Frames): Part {
  const said = () => JSON.parse(bytes.toString()) as unknown;
  if (kind === 'head') return { kind, head: said() as Head };
  if (kind === 'end') return { kind, end: said() as End };
  if (kind === 'table') return { kind, table: said() as Table, data: frames.data() };
  if (kind === 'file') return { kind, path: (said() as { path: string }).path, data: frames.data() };
  throw damaged('it has bytes that belong to nothing');
}

/**
 * The parts of a backup in their order: its head, its files and tables, its end.
 * @throws Failure `backup_unreadable`, `not_a_backup`, `backup_newer`, `backup_damaged`; the last also when all was read
 */
export async function* readParts(file: string): AsyncGenerator<Part> {
  const source = readBackupFile(file);
  const frames = new Frames(source);
  let last: Part['kind'] | undefined;
  try {
    for (let frame = await frames.take(); frame !== undefined; frame = await frames.take()) {
      const part = readPart(frame, frames);
      if (last === 'end' || (last === undefined) !== (part.kind === 'head'))
        throw damaged('its parts are out of order');
      last = part.kind;
      yield part;
      // What nobody has read is passed over.
      if ('data' in part) for await (const _ of part.data);
    }
  } catch (error) {
    // What was changed may no longer be JSON; its checksum would be looked at later only.
    throw error instanceof SyntaxError ? damaged('a part of it cannot be read', error) : error;
  } finally {
    await source.return(undefined);
  }
  if (last !== 'end') throw damaged('it ends too soon');
}

/**
 * Reads the whole of a backup, and answers what it says of itself.
 * @throws Failure `backup_unreadable`, `not_a_backup`, `backup_newer`, `backup_damaged`
 */
export async function verifyBackup(file: string): Promise<Contents> {
  let [head, end]: [Head | undefined, End | undefined] = [undefined, undefined];
  const found = { tables: new Set<string>(), files: 0 };
  for await (const part of readParts(file)) {
    if (part.kind === 'head') head = part.head;
    if (part.kind === 'end') end = part.end;
    if (part.kind === 'table') found.tables.add(part.table.name);
    if (part.kind === 'file') found.files += 1;
  }
  if (head === undefined || end === undefined) throw damaged('it ends too soon');
  const missing = Object.keys(end.tables).find((name) => !found.tables.has(name));
  if (missing !== undefined || found.files !== end.files) throw damaged('a part of it is missing');
  return { head, end };
}
