import { NONE } from '@footfall/core/dimension';

const VERSION = /^[/ ,:(_-]*v?(\d+(?:[._]\d+){0,3})/i;
/** A version is written within so many characters behind what it is of. */
const REACH = 24;

const isLetter = (code: number) => (code | 32) >= 97 && (code | 32) <= 122;

/** Where a text stands in a user agent as a word of its own, not as the end of a longer one; -1 when it does not. */
export function findWord(userAgent: string, text: string): number {
  let at = userAgent.indexOf(text);
  while (at > 0 && isLetter(text.charCodeAt(0)) && isLetter(userAgent.charCodeAt(at - 1)))
    at = userAgent.indexOf(text, at + 1);
  return at;
}

/** The version that stands behind the first of these texts (parted by `|`) that has one, with points; `(none)` without. */
export function readVersion(userAgent: string, texts: string): string {
  for (const text of texts.split('|')) {
    const at = findWord(userAgent, text);
    if (at < 0) continue;
    const behind = at + text.length;
    const version = VERSION.exec(userAgent.slice(behind, behind + REACH))?.[1];
    if (version !== undefined) return version.replaceAll('_', '.');
  }
  return NONE;
}

/** What nearly every user agent says, and so tells nothing of it. */
const COMMON =
  /Mozilla\/5\.0 |AppleWebKit\/[\d.+]+ |\(KHTML, like Gecko\) ?|\bChrome\/[\d.]+ ?|Safari\/[\d.]+ ?|Version\/[\d.]+ ?/g;

/** A user agent without what all of them say: the rest is short, and many words are looked for in it. */
export const stripCommon = (userAgent: string): string => userAgent.replace(COMMON, '');
