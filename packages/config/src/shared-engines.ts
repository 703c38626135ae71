/** Test runs alone use it, so it is not a row of the operators' table. */
const VARIABLE = 'FOOTFALL_TEST_ENGINES';

/** Folder of the engines that this test run shares; undefined when nobody has started any for it. */
export function sharedEngines(): string | undefined {
  return process.env[VARIABLE] || undefined;
}

/** Names that folder to all processes that this one starts from now on. */
export function shareEngines(folder: string): void {
  process.env[VARIABLE] = folder;
}
