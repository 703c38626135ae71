import { type FileHandle, open, readdir, rm, statfs } from 'node:fs/promises';
import { makeFolder } from '@footfall/files/make-folder';

/** An open file. Positions are from its beginning; a call may move fewer bytes than it was asked to. */
export interface SpoolFile {
  write(bytes: Uint8Array, position: number): Promise<number>;
  /** 0 at the end of the file. */
  read(into: Uint8Array, position: number): Promise<number>;
  size(): Promise<number>;
  truncate(size: number): Promise<void>;
  /** Resolves when what was written is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What the spool asks of the operating system; tests put one in between that fails. */
export interface SpoolFiles {
  makeFolder(folder: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** A new, empty file; rejects when there is one of that name. */
  create(path: string): Promise<SpoolFile>;
  /** An existing file, to read only or also to write. */
  open(path: string, access: 'r' | 'r+'): Promise<SpoolFile>;
  remove(path: string): Promise<void>;
  /** Resolves when the names in a folder are on the disk as they are now. */
  syncFolder(folder: string): Promise<void>;
  /** Bytes of the file system that may still be written, and all that it has. */
  space(folder: string): Promise<{ free: number; total: number }>;
}

class DiskFile implements SpoolFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async write(bytes: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.write(bytes, 0, bytes.length, position)).bytesWritten;
  }

  async read(into: Uint8Array, position: number): Promise<number> {
    return (await this.#handle.read(into, 0, into.length, position)).bytesRead;
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size;
  }

  truncate(size: number): Promise<void> {
    return this.#handle.truncate(size);
  }

  sync(): Promise<void> {
    return this.#handle.datasync();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** What is in the spool was sent by visitors of somebody's shop: nobody else on the machine may read it. */
const FILE_MODE = 0o600;

/** The files of this machine. */
export const DISK: SpoolFiles = {
  makeFolder,
  list: (folder) => readdir(folder),
  create: async (path) => new DiskFile(await open(path, 'wx+', FILE_MODE)),
  open: async (path, access) => new DiskFile(await open(path, access)),
  remove: (path) => rm(path),
  syncFolder: async (folder) => {
    // Windows opens no folders; its file system keeps a journal of names.
    if (process.platform === 'win32') return;
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
  space: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  },
};

/**
 * Writes all of the bytes, in as many calls as it takes.
 * @throws what a call is refused with; then any part of the bytes may be in the file
 */
export async function writeAll(file: SpoolFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = await file.write(bytes.subarray(done), position + done);
    if (written === 0) throw Object.assign(new Error('the file takes no more'), { code: 'EIO' });
    done += written;
  }
}
