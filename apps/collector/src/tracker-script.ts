import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** The tracker as it is served: built once, compressed once. */
export type TrackerScript = { etag: string; encoded: Readonly<Record<Encoding, Buffer>> };

/** In order of preference. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const BUILT = new URL('../../../packages/tracker/dist/a.js', import.meta.url);

/** The script in every encoding. The tag is weak, since one tag stands for all of them. */
export function trackerScript(plain: Buffer): TrackerScript {
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 16);
  const encoded = { br: brotliCompressSync(plain), gzip: gzipSync(plain, { level: 9 }), identity: plain };
  return { etag: `W/"${hash}"`, encoded };
}

/** Reads the built tracker; null when it has not been built, which only `/a.js` minds. */
export async function loadScript(): Promise<TrackerScript | null> {
  try {
    return trackerScript(await readFile(BUILT));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
