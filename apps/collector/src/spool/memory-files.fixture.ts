import path from 'node:path';
import type { SpoolFile, SpoolFiles } from './files.ts';

type Change = { at: number; bytes: Buffer } | { size: number };

/** Bytes that grow, without copying all of them each time. */
class Content {
  #room: Buffer;
  #length: number;

  constructor(bytes: Buffer = Buffer.alloc(0)) {
    this.#room = Buffer.from(bytes);
    this.#length = bytes.length;
  }

  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  apply(change: Change): void {
    if ('size' in change) {
      this.#room.fill(0, change.size, this.#length);
      this.#length = change.size;
      return;
    }
    const length = Math.max(this.#length, change.at + change.bytes.length);
    if (length > this.#room.length) this.#room = Buffer.concat([this.bytes], length * 2);
    change.bytes.copy(this.#room, change.at);
    this.#length = length;
  }
}

/** A file as processes see it, and as the disk has it; the changes between the two may be lost with the power. */
type Inode = { seen: Content; disk: Content; changes: Change[]; isBroken: boolean };

const makeInode = (bytes?: Buffer): Inode => ({
  seen: new Content(bytes),
  disk: new Content(bytes),
  changes: [],
  isBroken: false,
});

export type Operation =
  | 'write'
  | 'read'
  | 'size'
  | 'truncate'
  | 'sync'
  | 'close'
  | 'list'
  | 'create'
  | 'open'
  | 'remove'
  | 'syncFolder'
  | 'space';

/** What an operation does instead of what it was asked: fails with a code (a write after some bytes), or moves fewer bytes. */
export type Fault = { code?: 'ENOSPC' | 'EIO' | 'EACCES'; bytes?: number };

export type Choose = (upTo: number) => number;

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/**
 * Files in memory that behave like a disk at its worst: what was not synced is lost with the power, whole or in part; after a sync
 * that failed a file keeps nothing any more, though later syncs succeed; names need a sync of their own.
 */
export class MemoryFiles implements SpoolFiles {
  /** Asked before each operation. */
  fault: (operation: Operation, path: string) => Fault | undefined = () => undefined;
  /** Bytes of all files together, as on a small disk. */
  capacity = Number.POSITIVE_INFINITY;
  /** Whether it tells how full it is; a writer of one that does not finds out by writing. */
  tellsSpace = false;
  #names = new Map<string, Inode>();
  #diskNames = new Map<string, Inode>();

  /** Names of the files that are there, without their folders. */
  get names(): string[] {
    return [...this.#names.keys()].map((file) => path.basename(file)).sort();
  }

  /** Bytes of a file, to look at or to damage. */
  content(name: string): Buffer {
    return this.#at(name).seen.bytes;
  }

  /** Replaces what is in a file, on the disk too. */
  replace(name: string, content: Buffer): void {
    Object.assign(this.#at(name), makeInode(content));
  }

  /** What a machine finds after a loss of power. `choose` decides what of the changes that were not synced is on the disk. */
  afterCrash(choose: Choose): MemoryFiles {
    const found = new MemoryFiles();
    for (const name of new Set([...this.#names.keys(), ...this.#diskNames.keys()])) {
      const [seen, synced] = [this.#names.get(name), this.#diskNames.get(name)];
      const inode = seen === synced || choose(1) === 1 ? seen : synced;
      if (inode === undefined) continue;
      const copy = makeInode(inode.disk.bytes);
      const kept = choose(inode.changes.length);
      const lasting = inode.changes.slice(0, kept);
      const torn = inode.changes[kept];
      if (torn !== undefined && 'bytes' in torn) {
        lasting.push({ at: torn.at, bytes: torn.bytes.subarray(0, choose(torn.bytes.length)) });
      }
      for (const change of lasting) for (const content of [copy.seen, copy.disk]) content.apply(change);
      found.#names.set(name, copy);
      found.#diskNames.set(name, copy);
    }
    return found;
  }

  /** What another process finds when this one was killed: all that was written. */
  afterKill(): MemoryFiles {
    const found = new MemoryFiles();
    found.#names = this.#names;
    found.#diskNames = this.#diskNames;
    return found;
  }

  async makeFolder(): Promise<void> {
    // There are no folders.
  }

  async list(folder: string): Promise<string[]> {
    this.#check('list', folder);
    return this.names;
  }

  async create(file: string): Promise<SpoolFile> {
    this.#check('create', file);
    if (this.#names.has(file)) throw failure('EEXIST');
    const inode = makeInode();
    this.#names.set(file, inode);
    return this.#file(file, inode);
  }

  async open(file: string): Promise<SpoolFile> {
    this.#check('open', file);
    const inode = this.#names.get(file);
    if (inode === undefined) throw failure('ENOENT');
    return this.#file(file, inode);
  }

  async remove(file: string): Promise<void> {
    this.#check('remove', file);
    if (!this.#names.delete(file)) throw failure('ENOENT');
  }

  async syncFolder(folder: string): Promise<void> {
    this.#check('syncFolder', folder);
    this.#diskNames = new Map(this.#names);
  }

  async space(folder: string): Promise<{ free: number; total: number }> {
    if (!this.tellsSpace) return { free: Number.POSITIVE_INFINITY, total: Number.POSITIVE_INFINITY };
    this.#check('space', folder);
    return { free: this.capacity - this.#used(), total: this.capacity };
  }

  #at(name: string): Inode {
    const found = [...this.#names].find(([file]) => path.basename(file) === name)?.[1];
    if (found === undefined) throw failure('ENOENT');
    return found;
  }

  #used(): number {
    return [...this.#names.values()].reduce((sum, { seen }) => sum + seen.bytes.length, 0);
  }

  #check(operation: Operation, file: string): Fault {
    const fault = this.fault(operation, file) ?? {};
    if (fault.code !== undefined && operation !== 'write') throw failure(fault.code);
    return fault;
  }

  #file(file: string, inode: Inode): SpoolFile {
    const change = (made: Change) => {
      inode.seen.apply(made);
      inode.changes.push(made);
    };
    return {
      write: async (bytes, position) => {
        const { code, bytes: allowed = Number.POSITIVE_INFINITY } = this.#check('write', file);
        const room = this.capacity - this.#used() + Math.max(0, inode.seen.bytes.length - position);
        const count = Math.min(bytes.length, allowed, room);
        if (count > 0) change({ at: position, bytes: Buffer.from(bytes.subarray(0, count)) });
        if (code !== undefined) throw failure(code);
        if (count === 0 && bytes.length > 0) throw failure('ENOSPC');
        return count;
      },
      read: async (into, position) => {
        const { bytes: allowed = Number.POSITIVE_INFINITY } = this.#check('read', file);
        const end = Math.min(position + into.length, position + allowed, inode.seen.bytes.length);
        return end <= position ? 0 : inode.seen.bytes.copy(into, 0, position, end);
      },
      size: async () => {
        this.#check('size', file);
        return inode.seen.bytes.length;
      },
      truncate: async (size) => {
        this.#check('truncate', file);
        change({ size });
      },
      sync: async () => {
        try {
          this.#check('sync', file);
        } catch (error) {
          inode.isBroken = true;
          inode.changes = [];
          throw error;
        }
        if (!inode.isBroken) for (const made of inode.changes) inode.disk.apply(made);
        inode.changes = [];
      },
      close: async () => {
        this.#check('close', file);
      },
    };
  }
}
