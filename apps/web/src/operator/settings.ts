import type { SignUpMode } from '@footfall/db/runtime-settings';
import type { Cursor, Page } from '@footfall/db/staff/page';
import {
  changeFlag,
  changeNotice,
  changeSignUp,
  listPlatformAudit,
  NOTICE_LENGTH,
  type PlatformEntry,
  type PlatformSettings,
  readPlatformSettings,
} from '@footfall/db/staff/settings';
import { staffServices } from '#runtime/staff-services.ts';

export { NOTICE_LENGTH };

type Given<F extends (pool: never, change: never) => unknown> = Parameters<F>[1];

export const saveSignUp = (change: Given<typeof changeSignUp>) =>
  changeSignUp(staffServices().staffPool, change);

export function saveNotice(change: Omit<Given<typeof changeNotice>, 'now'>): Promise<void> {
  const { staffPool, clock } = staffServices();
  return changeNotice(staffPool, { ...change, now: clock.now() });
}

export const saveFlag = (change: Given<typeof changeFlag>) => changeFlag(staffServices().staffPool, change);

/** What is set now, and what the variable says of signing up. */
export async function loadSettings(): Promise<PlatformSettings & { byVariable: SignUpMode }> {
  const { staffPool, config } = staffServices();
  return { ...(await readPlatformSettings(staffPool)), byVariable: config.signUp };
}

/** A page of what the platform's staff did, latest first. */
export const loadPlatformAudit = (after: Cursor | null): Promise<Page<PlatformEntry>> =>
  listPlatformAudit(staffServices().staffPool, after);
