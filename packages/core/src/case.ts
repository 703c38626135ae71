/** Letters whose lower case is several code points; their simple mapping is one. */
const SIMPLE: Readonly<Record<string, string>> = { İ: 'i' };

/** Letters that got another case in Unicode 16 and 17, of which databases do not know yet: they stay themselves. */
const YOUNG =
  /^[\u{1c89}\u{a7cb}\u{a7cc}\u{a7ce}\u{a7d2}\u{a7d4}\u{a7da}\u{a7dc}\u{10d50}-\u{10d65}\u{16ea0}-\u{16eb8}]$/u;

function folded(letter: string): string {
  if (YOUNG.test(letter)) return letter;
  const upper = letter.toUpperCase();
  const single = [...upper].length === 1 ? upper : letter;
  const lower = SIMPLE[single] ?? single.toLowerCase();
  return [...lower].length === 1 ? lower : single;
}

/**
 * A text without the case of its letters, by Unicode's simple mappings, code point by code point: what databases with simple
 * mappings make of lower(upper(text)). All forms of sigma are one letter; ß stays itself.
 */
export function foldCase(text: string): string {
  // Most text is ASCII, for which the platform's own is the same and fast.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
  return /^[\x00-\x7f]*$/.test(text) ? text.toLowerCase() : Array.from(text, folded).join('');
}
