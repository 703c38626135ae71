import { connectionProblem } from '@footfall/adapter/connection-problem';
import { hidePasswords } from '@footfall/config/hide-passwords';
import { fileProblem } from '@footfall/files/file-problem';

/** What was wrong as one line for a terminal: message and remedy, no stack, no password. */
export function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return hidePasswords(String(error));
  // Node reports "all addresses of this host refused" as an error without a message of its own.
  const inner = error instanceof AggregateError && error.message === '' ? error.errors[0] : error;
  const { message, remedy, code } = inner as Error & { remedy?: string; code?: string };
  const text = connectionProblem(inner) ?? fileProblem(inner) ?? (message.trim() || code || inner.name);
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return hidePasswords(remedy === undefined ? line : `${line}; ${remedy}`);
}
