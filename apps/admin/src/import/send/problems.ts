/**
 * Something that was not taken, for the operator: where it stands first and why, never what it says, since that may name people. `count`
 * is how often the same was wrong, all files together.
 */
export type Problem = { file: string; line: number; reason: string; message: string; count: number };

/** Kinds of problems that are kept for the answer. */
const SHOWN = 10;

/** Messages that differ in numbers only are of one kind: `it has 4 values, and the heading 6`. */
const problemKind = ({ reason, message }: Pick<Problem, 'reason' | 'message'>) =>
  `${reason} ${message.replaceAll(/\d+/g, '#')}`;

/** Adds a problem to those that are shown: one of each kind, so that a million of the first do not hide the second. */
export function noteProblem(problems: Problem[], problem: Omit<Problem, 'count'>): void {
  const kind = problemKind(problem);
  const known = problems.find((one) => problemKind(one) === kind);
  if (known !== undefined) known.count += 1;
  else if (problems.length < SHOWN) problems.push({ ...problem, count: 1 });
}
