import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { derivedKey } from '@footfall/core/keyed-hash';
import { makeFolder } from '@footfall/files/make-folder';

/** Something that a process knows and its successor should. */
export type Memory = { known(): unknown; recall(known: never): void };

export type MemoryFileOptions = {
  folder: string;
  /** Of the installation: what is written can be read with it only. */
  secret: string;
  /** By name; each is written and recalled apart from the others. */
  memories: Readonly<Record<string, Memory>>;
  /** What could not be written or read; nothing else depends on it. */
  onTrouble(what: string, error: unknown): void;
};

/** Between two writes, milliseconds: what is learned in between is learned anew after a restart. */
const EVERY_MS = 15_000;
const SUFFIX = '.known';
const [CIPHER, IV_BYTES, TAG_BYTES] = ['aes-256-gcm', 12, 16] as const;

const deriveFileKey = (secret: string) => derivedKey(secret, 'collector memory');

function sealed(plain: Buffer, secret: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, deriveFileKey(secret), iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function unsealed(bytes: Buffer, secret: string): Buffer {
  const decipher = createDecipheriv(CIPHER, deriveFileKey(secret), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/**
 * What a collector knows of sites, keys, plans and salts, in a file that outlives it: started while the control plane is away, it goes on
 * with that. It is encrypted, since salts could turn ids back into addresses; those that are destroyed leave it with the next write.
 */
export class MemoryFile {
  readonly #options: MemoryFileOptions;
  readonly #file: string;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** Nobody else may write the file of this name. */
  constructor(name: string, options: MemoryFileOptions) {
    this.#options = options;
    this.#file = path.join(options.folder, `${name}${SUFFIX}`);
  }

  /** Recalls what all collectors of this folder knew, then goes on writing. Never rejects. */
  async start(): Promise<void> {
    const { folder, onTrouble } = this.#options;
    try {
      await makeFolder(folder);
      for (const name of (await readdir(folder)).filter((file) => file.endsWith(SUFFIX)))
        await this.#recall(path.join(folder, name));
    } catch (error) {
      onTrouble('what an earlier process knew cannot be read', error);
    }
    this.#timer = setInterval(() => void this.write(), EVERY_MS).unref();
  }

  /** Writes what is known now, whole or not at all; it is done by itself. Never rejects. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Writes a last time. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }

  async #write(): Promise<void> {
    const { memories, secret, onTrouble } = this.#options;
    try {
      const known = await Promise.all(
        Object.entries(memories).map(async ([name, memory]) => [name, await memory.known()] as const),
      );
      const aside = `${this.#file}.new`;
      await writeFile(aside, sealed(serialize(Object.fromEntries(known)), secret), { mode: 0o600 });
      await rename(aside, this.#file);
    } catch (error) {
      onTrouble('what is known of sites cannot be kept on the disk', error);
    }
  }

  async #recall(file: string): Promise<void> {
    const { memories, secret, onTrouble } = this.#options;
    try {
      const known = deserialize(unsealed(await readFile(file), secret)) as Record<string, never>;
      for (const [name, memory] of Object.entries(memories))
        if (known[name] !== undefined) memory.recall(known[name]);
    } catch (error) {
      // Of another secret, or torn: it helps nobody any more.
      onTrouble(`${path.basename(file)} cannot be read, and is removed`, error);
      await rm(file, { force: true });
    }
  }
}
