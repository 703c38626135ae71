/** How loud a line is; in rising order. */
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

type LogRecord = { level?: unknown; msg?: unknown; err?: { message?: unknown; code?: unknown } };

export type LogLine = { level: string; text: string };

function parseRecord(line: string): LogRecord | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as LogRecord;
  } catch {
    // A line that merely looks like JSON is text.
    return null;
  }
}

/** A line that a service wrote, for people: JSON of its logger as message and cause, anything else as it stands. */
export function parseLogLine(line: string, fallback: 'info' | 'error'): LogLine {
  const record = parseRecord(line);
  if (record === null) return { level: fallback, text: line };
  const level = LEVELS.find((known) => known === record.level) ?? fallback;
  const message = typeof record.msg === 'string' ? record.msg : line;
  const cause = typeof record.err?.message === 'string' ? record.err.message.split('\n', 1)[0] : undefined;
  const told = cause === undefined || cause === '' || message.includes(cause);
  return { level, text: told ? message : `${message}: ${cause}` };
}

/** Whether an operator at the terminal should see it. */
export function isTrouble({ level }: LogLine): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf('warn');
}
