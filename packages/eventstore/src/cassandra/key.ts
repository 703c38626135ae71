/**
 * How sites, visitors, ids and times stand in keys. Each is injective for any text of JavaScript, and none may ever change: what is
 * stored is found by it.
 */

/** Begins the form of sites that are not ordinary text; see {@link siteText}. */
const ESCAPE = '\u0001';

/** A name among the sites that no site can have. */
export const NO_SITE = `${ESCAPE}ids`;

/** A site id as the column's text: itself, so that it can be asked for by hand, unless UTF-8 cannot say it. */
export function siteText(siteId: string): string {
  return siteId.isWellFormed() && !siteId.startsWith(ESCAPE) ? siteId : ESCAPE + JSON.stringify(siteId);
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** UTF-8 that also spells half a surrogate pair, as the three bytes of its number. */
function generalizedUtf8(text: string): Buffer {
  const pieces: Buffer[] = [];
  let begin = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) at += 1;
    else if (isHighSurrogate(unit) || isLowSurrogate(unit)) {
      pieces.push(Buffer.from(text.slice(begin, at)));
      pieces.push(Buffer.of(0xed, 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)));
      begin = at + 1;
    }
  }
  return Buffer.concat([...pieces, Buffer.from(text.slice(begin))]);
}

/** Any text as bytes. */
export function textBytes(text: string): Buffer {
  return text.isWellFormed() ? Buffer.from(text) : generalizedUtf8(text);
}

/** First byte of an id: what follows is a (lower-case) UUID's 16 bytes, or text. */
const [IS_UUID, IS_TEXT] = [1, 0];
const DIGITS = '0123456789abcdef';
/** The value of a hexadecimal digit by its ASCII code; -1 for everything else. */
const HEX = Int8Array.from({ length: 128 }, (_, code) => DIGITS.indexOf(String.fromCharCode(code)));
const hexAt = (text: string, at: number): number => HEX[text.charCodeAt(at)] ?? -1;
/** Where the bytes of a UUID begin in its text, and where its dashes are. */
const BYTES_AT = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];
const isDashed = (id: string) => id[8] === '-' && id[13] === '-' && id[18] === '-' && id[23] === '-';

/** A lower-case UUID's bytes, or null. By hand: a pattern and a decoder take three times as long. */
function uuidBytes(id: string): Buffer | null {
  if (id.length !== 36 || !isDashed(id)) return null;
  const bytes = Buffer.allocUnsafe(17);
  bytes[0] = IS_UUID;
  for (let n = 0; n < 16; n += 1) {
    const at = BYTES_AT[n] as number;
    const [high, low] = [hexAt(id, at), hexAt(id, at + 1)];
    if (high < 0 || low < 0) return null;
    bytes[n + 1] = high * 16 + low;
  }
  return bytes;
}

/** An event id as bytes: 17 when it is a UUID, as most are, instead of 36. */
export function idBytes(id: string): Buffer {
  const uuid = uuidBytes(id);
  if (uuid !== null) return uuid;
  const text = textBytes(id);
  const bytes = Buffer.allocUnsafe(text.length + 1);
  bytes[0] = IS_TEXT;
  text.copy(bytes, 1);
  return bytes;
}

/** Four bytes, big-endian, as Cassandra has an `int`. */
export function intBytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Eight bytes, big-endian, as Cassandra has a `timestamp`: whole epoch milliseconds, before 1970 too. */
export function timeBytes(at: number): Buffer {
  const whole = Math.floor(at);
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeInt32BE(Math.floor(whole / 2 ** 32), 0);
  bytes.writeInt32BE(whole | 0, 4);
  return bytes;
}

/** A hash that spreads keys over shards: 32 bits, not negative. */
export function keyHash(bytes: Buffer): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  // FNV's low bits hardly depend on high bits of the input; shards are counted by the low ones.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
