import { LockedNotice } from '#access/locked-notice.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import type { LockedState } from './lock.ts';

/** What stands in place of reports that are locked. */
export function LockedPage(props: { state: LockedState; mayPay: boolean }) {
  return (
    <>
      <LockedNotice {...props} />
      <Shortcuts />
    </>
  );
}
