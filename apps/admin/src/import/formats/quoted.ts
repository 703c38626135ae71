const QUOTE = 34;
const BACKSLASH = 92;
/** More fields than this are not looked at. */
const MAX_FIELDS = 64;

/** Apache and nginx write bytes outside of printable ASCII as `\xHH`, Apache a quote as `\"`. */
function unescaped(text: string): string {
  const bytes = text.replace(/(?:\\x[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll(/\\x/gi, ''), 'hex').toString('utf8'),
  );
  return bytes.replace(/\\(["\\])/g, '$1');
}

/** The text behind an opening quote and where the closing one is; null when there is none. Linear, whatever the text. */
export function quoted(line: string, from: number): { text: string; end: number } | null {
  let escaped = false;
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) {
      escaped = true;
      at++;
    } else if (code === QUOTE) {
      const text = line.slice(from, at);
      return { text: escaped ? unescaped(text) : text, end: at };
    }
  }
  return null;
}

/** The quoted texts of the rest of a line, each behind a blank; null at the end for one that does not end. */
export function quotedFields(rest: string): (string | null)[] {
  const fields: (string | null)[] = [];
  let at = rest.indexOf(' "');
  while (at !== -1 && fields.length < MAX_FIELDS) {
    const field = quoted(rest, at + 2);
    fields.push(field?.text ?? null);
    if (field === null) return fields;
    at = rest.indexOf(' "', field.end + 1);
  }
  return fields;
}

/** A field of a line: a word between blanks, or a quoted text. */
export type LineField = { text: string; isQuoted: boolean };

/** The fields of a line of words and quoted texts with a blank between them; null when a quote is not closed. */
export function lineFields(line: string): LineField[] | null {
  const fields: LineField[] = [];
  let at = 0;
  while (at < line.length && fields.length < MAX_FIELDS) {
    if (line[at] === ' ') at += 1;
    else if (line[at] === '"') {
      const field = quoted(line, at + 1);
      if (field === null) return null;
      fields.push({ text: field.text, isQuoted: true });
      at = field.end + 1;
    } else {
      const blank = line.indexOf(' ', at);
      const end = blank === -1 ? line.length : blank;
      fields.push({ text: line.slice(at, end), isQuoted: false });
      at = end;
    }
  }
  return fields;
}
