import { hostText } from './host.ts';

/** The parts of a page's address that reports use; the query stays for the campaign. */
export type Page = {
  /** See {@link hostText}; without port. */
  hostname: string;
  /** See {@link pageText}; with the route of its fragment, where it has one. */
  path: string;
  query: URLSearchParams;
};

const PERCENT = 37;
const SLASH = 47;
const LAST_ASCII = 127;

/** The value of a hexadecimal digit by its character code; -1 of any other. */
function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The byte of an escape that begins at an index; -1 where none does. */
function escapedByte(text: string, at: number): number {
  if (text.charCodeAt(at) !== PERCENT) return -1;
  const [high, low] = [hexValue(text.charCodeAt(at + 1)), hexValue(text.charCodeAt(at + 2))];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

const isControl = (codePoint: number): boolean => codePoint < 32 || (codePoint >= 127 && codePoint < 160);

/** How many bytes a sequence of UTF-8 has that begins with this one; 0 where none begins so. */
function sequenceLength(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** The least code points that need so many bytes: what is written longer than it must be is not UTF-8. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

/** The character whose escapes of several bytes begin at an index; -1 where they are not UTF-8, or of a control character. */
function decodeSequence(text: string, at: number, byte: number): number {
  const length = sequenceLength(byte);
  if (length === 0) return -1;
  let codePoint = byte & (0xff >> (length + 1));
  for (let index = 1; index < length; index += 1) {
    const next = escapedByte(text, at + 3 * index);
    if (next < 0x80 || next > 0xbf) return -1;
    codePoint = codePoint * 64 + (next & 63);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (codePoint < (LEAST[length] as number) || codePoint > 0x10ffff) return -1;
  return isSurrogate || isControl(codePoint) ? -1 : codePoint;
}

/** Whether a digit behind a text would make an escape of a percent sign that was none: it would be decoded the next time. */
function wouldEscape(before: string, code: number): boolean {
  if (hexValue(code) < 0) return false;
  const last = before.charCodeAt(before.length - 1);
  return last === PERCENT || (hexValue(last) >= 0 && before.charCodeAt(before.length - 2) === PERCENT);
}

/** The character of the escape at an index, given what stands before it; -1 where the escape must stay. */
function decodeEscape(text: string, at: number, before: string): number {
  const byte = escapedByte(text, at);
  if (byte > LAST_ASCII) return decodeSequence(text, at, byte);
  return byte === SLASH || byte === PERCENT || isControl(byte) || wouldEscape(before, byte) ? -1 : byte;
}

/** The end of the escapes of a character that begin at an index. */
function endOfEscapes(at: number, codePoint: number): number {
  const bytes = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  return at + 3 * bytes;
}

/**
 * The text of a page by its path, the same however the path is written: percent-escapes are decoded once where they are UTF-8 text
 * (`/gr%c3%bc%C3%9Fe` is `/grüße`, `/%7Euser` is `/~user`). `%2F`, `%25`, control characters and what is not UTF-8 stay escapes, in capitals.
 * Text that is decoded already stays as it is: reports, filters, goals and rules may all pass theirs. Takes one look at each character.
 */
export function pageText(path: string): string {
  let next = path.indexOf('%');
  if (next < 0) return path;
  let text = '';
  // The last two letters of it: to look at the text itself would write it out each time.
  let last = '';
  let at = 0;
  for (; next >= 0; next = path.indexOf('%', at)) {
    const plain = path.slice(at, next);
    if (plain !== '') last = (last + plain.slice(-2)).slice(-2);
    let piece = '%';
    at = next + 1;
    if (escapedByte(path, next) >= 0) {
      const codePoint = decodeEscape(path, next, last);
      piece = codePoint < 0 ? path.slice(next, next + 3).toUpperCase() : String.fromCodePoint(codePoint);
      at = codePoint < 0 ? next + 3 : endOfEscapes(next, codePoint);
    }
    text += plain + piece;
    last = (last + piece).slice(-2);
  }
  return text + path.slice(at);
}

/** The route that stands in a fragment (`#/cart`, `#!cart`), without its query; empty where it is a place on a page, or a token. */
function routeOfFragment(hash: string): string {
  return /^#[/!]/.test(hash) ? hash.replace(/\?.*/s, '') : '';
}

const pathOfUrl = ({ pathname, hash }: URL): string => pageText(pathname + routeOfFragment(hash));

/** Whether a text is a path, or a pattern of paths, with or without a route in its fragment, and nothing else of an address. */
export function isPage(text: string): boolean {
  return /^\/[^?#]*(?:#[/!][^?#]*)?$/.test(text);
}

/** The text of a page, or of a pattern of pages, as people write them: an address's path without its query, as {@link pageText} has it. */
export function writtenPath(path: string): string {
  return pathOfUrl(new URL(`http://site.invalid${path}`));
}

/**
 * Takes a page's address apart. A route in its fragment is part of the page: the collector keeps that only where the sender says that
 * routes stand there.
 * @throws TypeError when it is not a URL: validation has refused those.
 */
export function parsePage(url: string): Page {
  const address = new URL(url);
  return {
    hostname: hostText(address.hostname),
    path: pathOfUrl(address),
    query: address.searchParams,
  };
}
