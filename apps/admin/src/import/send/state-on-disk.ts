import type { Access } from '@footfall/installation/access';
import { lockFile } from '@footfall/installation/lock';
import { adminFailure } from '../../errors.ts';
import { type ImportState, readState, stateFile, writeState } from './state.ts';

export type StateOnDisk = { state: ImportState; save(): Promise<void> };

/**
 * Runs `work` with the state of imports into a site, of which one may run, or be taken back, at a time.
 * @throws Failure `import_runs`
 */
export async function withState<T>(
  access: Pick<Access, 'dataDir'>,
  siteId: string,
  work: (on: StateOnDisk) => Promise<T>,
): Promise<T> {
  const file = await stateFile(access.dataDir.root, siteId);
  const lock = lockFile(`${file}.lock`);
  if (lock === null) throw adminFailure('import_runs', `another import into ${siteId} is running`);
  try {
    const state = await readState(file);
    return await work({ state, save: () => writeState(file, state) });
  } finally {
    lock.release();
  }
}
