import { connectionProblem } from '@footfall/adapter/connection-problem';
import { Failure } from '@footfall/core/failure';
import { fileProblem } from '@footfall/files/file-problem';

/** What was wrong as one line for people: message, remedy, and causes that it does not tell; never a stack. */
export function describeProblem(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error, depth = 0; at !== undefined && at !== null && depth < 5; depth += 1) {
    const text = errorText(at).replaceAll(/\s*\n\s*/g, ' ');
    if (!parts.some((part) => part.includes(text))) parts.push(text);
    at = (at as { cause?: unknown }).cause;
  }
  const remedy = (error as { remedy?: unknown } | null | undefined)?.remedy;
  return typeof remedy === 'string' ? `${parts.join(': ')}; ${remedy}` : parts.join(': ');
}

/**
 * What was wrong in words of ours alone: failures of our own, and what codes of the system and of engines mean. What a client says
 * besides may name tables, hosts or data, and stays in the log.
 */
export function ownWords(error: unknown): string {
  const parts: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    const text = at instanceof Failure ? at.message : (connectionProblem(at) ?? fileProblem(at));
    if (text !== undefined && !parts.some((part) => part.includes(text))) parts.push(text);
    at = at.cause;
  }
  return parts.length === 0 ? 'does not work; the log of this service says why' : parts.join(': ');
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const known = connectionProblem(error) ?? fileProblem(error);
  if (known !== undefined) return known;
  // Node reports "every address of this host refused" as an error that has errors instead of a message.
  if (error instanceof AggregateError && error.message === '') {
    return [...new Set(error.errors.map(errorText))].join(', ');
  }
  const { code } = error as NodeJS.ErrnoException;
  return error.message.trim() || code || error.name;
}
