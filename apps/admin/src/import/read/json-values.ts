import type { CsvRecord } from './csv.ts';
import { MAX_LINE } from './lines.ts';

/** What stands in front of the list of values where an object has it, `{"events": […]}`. */
const LIST = /"(?:events|data|rows|records|results|logs)"\s*:\s*$/i;
/** As much of a text as LIST may need. */
const LIST_LENGTH = 100;
/** Lists around the values; what lies deeper is part of one. */
const MAX_LISTS = 4;

const isBlank = (letter: string) => letter === ' ' || letter === '\n' || letter === '\r' || letter === '\t';

/**
 * Takes the values out of a document of JSON as it is read: objects one behind the other, however they are laid out, those of a list, and
 * those of a list in an object. Memory holds one value, and each is cut where a line would be. A value that is wrong costs what follows it
 * up to the next line that begins with an object.
 */
export class JsonValues {
  #line = 1;
  #lists = 0;
  /** The list lies in an object, whose other values are not looked at. */
  #isInObject = false;
  /** The value that is being read, as far as earlier parts had it; null between values. */
  #value: CsvRecord | null = null;
  /** Lists and objects that are open in the value. */
  #depth = 0;
  #isText = false;
  #isEscaped = false;
  /** All is passed over until a line begins with an object. */
  #isLost = false;
  #isLineBegin = true;
  /** Where the value begins in this part. */
  #from = 0;
  #found: CsvRecord[] = [];

  /** The values that end in the next part of the document. */
  push(part: string): CsvRecord[] {
    this.#from = 0;
    for (let at = 0; at < part.length; at++) {
      const letter = part[at] as string;
      if (this.#value === null) this.#readBetween(letter, at);
      else if (this.#isText) this.#readText(letter, part, at);
      else this.#readValue(letter, part, at);
      if (letter === '\n') this.#line += 1;
      this.#isLineBegin = letter === '\n' || (this.#isLineBegin && isBlank(letter));
    }
    if (this.#value !== null) {
      this.#value.text += part.slice(this.#from);
      if (this.#value.text.length > MAX_LINE) this.#lose(part, part.length);
    }
    return this.#found.splice(0);
  }

  /** A value that did not end. */
  end(): CsvRecord[] {
    const value = this.#value;
    this.#value = null;
    return value === null ? [] : [value];
  }

  #begin(at: number, depth: number): void {
    this.#value = { text: '', line: this.#line };
    this.#from = at;
    this.#depth = depth;
    this.#isText = false;
    this.#isLost = false;
  }

  #readBetween(letter: string, at: number): void {
    if (this.#isLost && !(this.#isLineBegin && letter === '{')) return;
    if (letter === '{') this.#begin(at, 1);
    else if (letter === '[' && this.#lists < MAX_LISTS) this.#lists += 1;
    else if (letter === ']' && this.#lists > 0) this.#leaveList();
    else if (!isBlank(letter) && letter !== ',') {
      this.#begin(at, letter === '[' ? 1 : 0);
      this.#isText = letter === '"';
    }
  }

  #leaveList(): void {
    this.#lists -= 1;
    this.#isLost = this.#isInObject;
    this.#isInObject = false;
  }

  #readText(letter: string, part: string, at: number): void {
    // No text of JSON goes on in another line: its quote is missing.
    if (letter === '\n') this.#lose(part, at);
    else if (this.#isEscaped) this.#isEscaped = false;
    else if (letter === '\\') this.#isEscaped = true;
    else if (letter === '"') this.#isText = false;
  }

  #readValue(letter: string, part: string, at: number): void {
    if (letter === '"') this.#isText = true;
    else if (letter === '[' && this.#isList(part, at)) {
      this.#value = null;
      this.#lists = 1;
      this.#isInObject = true;
    } else if (letter === '{' || letter === '[') this.#depth += 1;
    else if (letter === '}' || letter === ']') this.#close(letter, part, at);
    else if (this.#depth === 0 && (letter === ',' || letter === '\n')) this.#emit(part.slice(this.#from, at));
  }

  #close(letter: string, part: string, at: number): void {
    this.#depth -= 1;
    if (this.#depth === 0) this.#emit(part.slice(this.#from, at + 1));
    else if (this.#depth < 0) {
      this.#emit(part.slice(this.#from, at));
      this.#readBetween(letter, at);
    }
  }

  /** Whether a list that begins here, in an object that stands for itself, is that of the values. */
  #isList(part: string, at: number): boolean {
    if (this.#depth !== 1 || this.#lists > 0) return false;
    const before = (this.#value?.text ?? '') + part.slice(Math.max(this.#from, at - LIST_LENGTH), at);
    return LIST.test(before.slice(-LIST_LENGTH));
  }

  #emit(last: string): void {
    const { text, line } = this.#value ?? { text: '', line: this.#line };
    this.#found.push({ text: (text + last).slice(0, MAX_LINE + 1), line });
    this.#value = null;
  }

  #lose(part: string, at: number): void {
    this.#emit(at === part.length ? '' : part.slice(this.#from, at));
    this.#isText = false;
    this.#isEscaped = false;
    this.#isLost = true;
  }
}

/** Names under which {@link LIST} finds the values. */
const LIST_NAME = /^(?:events|data|rows|records|results|logs)$/i;

function wholeObject(line: string): object | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Whether a file that begins with these lines is a document of JSON rather than one value a line: it begins with a list, or with an
 * object that has one, or no line is an object by itself.
 */
export function isJsonDocument(lines: readonly string[]): boolean {
  const first = lines[0]?.trimStart() ?? '';
  if (first.startsWith('[')) return true;
  if (!first.startsWith('{')) return false;
  if (LIST.test(first.trimEnd().replace(/\[$/, '')) && first.trimEnd().endsWith('[')) return true;
  const whole = lines.filter((line) => line.startsWith('{')).map(wholeObject);
  const list = Object.entries(whole[0] ?? {}).find(
    ([name, value]) => LIST_NAME.test(name) && Array.isArray(value),
  );
  return list !== undefined || whole.every((one) => one === null);
}
