/** Causes below causes, and errors beside each other, that are told. */
const DEPTH = 6;
const BESIDE = 5;
/** Characters of one text. A stack is longer than most, and worth it. */
const [TEXT, STACK] = [1_000, 4_000];

const shortened = (text: string, length: number) =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;

/**
 * An error as a line of the log has it: type, message, stack, cause, and what else of it is a text, a number or a yes. Not the objects
 * that clients hang on their errors: the whole request is among them, and with it what visitors did.
 */
export function errorRecord(error: unknown, depth = DEPTH): unknown {
  if (!(error instanceof Error)) return typeof error === 'object' ? String(error) : error;
  const record: Record<string, unknown> = { type: error.constructor.name };
  for (const [field, value] of Object.entries(error))
    if (typeof value === 'number' || typeof value === 'boolean') record[field] = value;
    else if (typeof value === 'string') record[field] = shortened(value, TEXT);
  record.message = shortened(error.message, TEXT);
  record.stack = shortened(error.stack ?? '', STACK);
  if (depth === 0) return record;
  if (error instanceof AggregateError)
    record.errors = error.errors.slice(0, BESIDE).map((one) => errorRecord(one, depth - 1));
  if (error.cause !== undefined) record.cause = errorRecord(error.cause, depth - 1);
  return record;
}
