// @ts-check
import { fileProblem } from './file-problem.mjs';
import { Stop } from './paths.mjs';
import { StepFailed } from './step.mjs';

/**
 * Runs a command's main function: what stops it and what the system refuses is one line, anything else is a fault of ours and keeps its
 * stack.
 * @param {() => Promise<number>} main answers the exit code
 */
export async function run(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const tail = error instanceof StepFailed ? error.tail() : '';
    if (tail !== '') console.error(tail);
    const line = error instanceof Stop ? error.message : fileProblem(error);
    console.error(line === undefined ? error : `footfall: ${line}`);
    process.exitCode = 1;
  }
}
