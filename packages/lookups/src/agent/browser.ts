import { NONE } from '@footfall/core/dimension';
import { BROWSERS } from './browser-names.ts';
import { findWord, readVersion } from './product.ts';
import { findFirstWord, indexWords } from './word-index.ts';

export type Product = { name: string; version: string };

const INDEX = indexWords(BROWSERS);
const UNKNOWN: Product = { name: NONE, version: NONE };

/** What most user agents are: of Chrome or Safari, with nothing added. No other browser need be looked for. */
const PLAIN =
  /^Mozilla\/5\.0 \((?:Windows NT|Macintosh|X11|Linux; Android|iPhone|iPad)(?![^()]*Steam)[^()]*\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\) (?:Version\/(\d+)[\d.]* )?(?:Chrome\/(\d+)[\d.]* )?(?:Mobile(?:\/\w+)? )?Safari\/[\d.]+$/;

function findPlain(userAgent: string): Product | undefined {
  const [whole, safari, chrome] = PLAIN.exec(userAgent) ?? [];
  if (whole === undefined) return undefined;
  if (chrome !== undefined) return { name: 'Chrome', version: chrome };
  return safari === undefined || whole.includes('Android') ? undefined : { name: 'Safari', version: safari };
}

const major = (version: string) => version.split('.', 1)[0] as string;

/** The engine's own browser, where nothing else is named. */
function findEngine(userAgent: string): Product {
  if (findWord(userAgent, 'Chrome/') >= 0)
    return { name: 'Chrome', version: major(readVersion(userAgent, 'Chrome/')) };
  // Some say no more than their system, which had one browser then.
  if (userAgent.includes('(Linux; U; Android') && !userAgent.includes('AppleWebKit'))
    return { name: 'Android Browser', version: NONE };
  const isWebKit = userAgent.includes('AppleWebKit') || userAgent.includes('Safari/');
  if (!isWebKit) return UNKNOWN;
  const version = major(readVersion(userAgent, 'Version/'));
  if (userAgent.includes('Android')) return { name: 'Android Browser', version };
  return /Safari\/|iP(?:hone|ad|od)|Macintosh/.test(userAgent) ? { name: 'Safari', version } : UNKNOWN;
}

/** The browser that a user agent string names, with the first part of its version. `rest` is what is special in the string. */
export function findBrowser(userAgent: string, rest: string): Product {
  const plain = findPlain(userAgent);
  if (plain !== undefined) return plain;
  const row = findFirstWord(INDEX, rest);
  if (row === undefined) return findEngine(userAgent);
  const [text, name, version = text] = row;
  return { name, version: major(readVersion(userAgent, version)) };
}
