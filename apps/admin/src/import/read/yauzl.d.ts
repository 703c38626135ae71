/** What is used of yauzl, which comes without types. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  type Entry = { fileName: string; uncompressedSize: number };
  type ZipFile = {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
    close(): void;
  };

  /** Refuses names that lead out of a folder. */
  export function openPromise(path: string): Promise<ZipFile>;
}
