import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

/** The tracker as it is served: built once, compressed once. */
export type TrackerScript = { plain: Buffer; gzipped: Buffer; etag: string };

const BUILT = new URL('../../../packages/tracker/dist/a.js', import.meta.url);

/** Reads the built tracker; null when it has not been built, which only `/a.js` minds. */
export async function loadScript(): Promise<TrackerScript | null> {
  const plain = await readFile(BUILT).catch(() => null);
  if (plain === null) return null;
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 16)}"`;
  return { plain, gzipped: gzipSync(plain, { level: 9 }), etag };
}
