import { oneLine } from '@footfall/installation/one-line';
import { within } from '@footfall/timing/deadline';

/** What was asked for, or why it is not known now: one engine that is away hides nothing of the others. */
export type Known<T> = { value: T; problem: null } | { value: null; problem: string };

/** The page is there within two seconds, whatever is away. Milliseconds. */
const DEADLINE_MS = 1_500;

/** Asks one part; what fails or takes too long is told as not known. */
export async function ask<T>(
  question: () => T | Promise<T>,
  { deadlineMs = DEADLINE_MS } = {},
): Promise<Known<T>> {
  const late = () => new Error(`no answer within ${deadlineMs / 1_000} s`);
  try {
    // A question may throw before it is a promise.
    const asked = (async () => question())();
    return { value: await within(deadlineMs, asked, late), problem: null };
  } catch (error) {
    return { value: null, problem: oneLine(error) };
  }
}
