import { tenantRole } from '@footfall/core/access/role';
import { ForbiddenNotice } from '#access/forbidden-notice.tsx';
import { currentMember, memberMay } from '#access/session.ts';
import { Shortcuts } from '#shell/shortcuts.tsx';

/** What stands in place of a page that the role of whoever is signed in does not include. */
export async function ForbiddenPage() {
  const member = await currentMember();
  return (
    <>
      <ForbiddenNotice
        memberRole={member === null ? null : tenantRole(member.role)}
        tenantName={member?.tenantName ?? null}
        mayGoHome={member !== null && memberMay(member, 'reports.read')}
      />
      <Shortcuts />
    </>
  );
}
