import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { LRUCache } from 'lru-cache';

/** A script as it is served: compressed once. */
export type TrackerScript = { etag: string; encoded: Readonly<Record<Encoding, Buffer>> };

/** The tracker in every variant: the core, and what stands before it in the same file. */
export type TrackerScripts = {
  /** Names of all parts, in the order in which they stand. */
  parts: readonly string[];
  /** The script with these parts, each once and in their own order, whatever the order they are asked in. */
  variant(parts: readonly string[]): TrackerScript;
};

/** In order of preference. */
export const ENCODINGS = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const BUILT = new URL('../../../packages/tracker/dist/', import.meta.url);

/** A site uses one or two of thousands of variants. All that are kept take some megabytes. */
const MAX_VARIANTS = 200;
/** The core is compressed once, as small as it gets; a variant in less than a millisecond, since strangers may ask for each. */
const QUALITY = { core: 11, variant: 5 };

/** The script in every encoding. The tag is weak, since one tag stands for all of them. */
function encodedScript(plain: Buffer, quality: number): TrackerScript {
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 16);
  const br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  return { etag: `W/"${hash}"`, encoded: { br, gzip: gzipSync(plain, { level: 9 }), identity: plain } };
}

/**
 * Puts variants together as they are asked for.
 * @param parts by name, in the order in which they stand
 */
export function trackerScripts(core: Buffer, parts: ReadonlyMap<string, Buffer> = new Map()): TrackerScripts {
  const kept = new LRUCache<string, TrackerScript>({ max: MAX_VARIANTS });
  const alone = encodedScript(core, QUALITY.core);
  const make = (names: readonly string[]) => {
    const plain = Buffer.concat([...names.map((name) => parts.get(name) ?? Buffer.of()), core]);
    return encodedScript(plain, QUALITY.variant);
  };
  return {
    parts: [...parts.keys()],
    variant(asked) {
      const names = [...parts.keys()].filter((name) => asked.includes(name));
      if (names.length === 0) return alone;
      const key = names.join('.');
      const script = kept.get(key) ?? make(names);
      kept.set(key, script);
      return script;
    },
  };
}

/** Reads the built tracker; null when it has not been built, which only its own route minds. */
export async function loadScripts(folder = BUILT): Promise<TrackerScripts | null> {
  const read = (file: string) => readFile(new URL(file, folder));
  try {
    const names = JSON.parse(String(await read('parts.json'))) as string[];
    const parts = await Promise.all(
      names.map(async (name) => [name, await read(`parts/${name}.js`)] as const),
    );
    return trackerScripts(await read('a.js'), new Map(parts));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
