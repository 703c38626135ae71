'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { useActionState } from 'react';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import { withdrawInvitation } from './member-actions.ts';

/** An invitation that waits for its answer, or waited in vain. */
export type InvitationRow = {
  id: string;
  email: string;
  role: TenantRole;
  expires: string;
  hasExpired: boolean;
};

function Withdraw({ row }: { row: InvitationRow }) {
  const words = useWords('team');
  const [, action, pending] = useActionState(withdrawInvitation, {});
  return (
    <form action={action}>
      <input type="hidden" name="id" value={row.id} />
      <Button
        type="submit"
        variant="danger"
        pending={pending}
        aria-label={words('withdrawNamed', { email: row.email })}
      >
        {words('withdraw')}
      </Button>
    </form>
  );
}

/** Who was asked to join and has not answered. */
export function InvitationList({ invitations }: { invitations: readonly InvitationRow[] }) {
  const words = useWords('team');
  return (
    <ul className="divide-y divide-line border-y border-line">
      {invitations.map((row) => (
        <li key={row.id} className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <div className="min-w-0 grow basis-56">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
              <span className="wrap-anywhere">{row.email}</span>
              <Badge>{words(`roles.${row.role}`)}</Badge>
            </p>
            <p className="text-quiet tabular-nums">
              {words(row.hasExpired ? 'expired' : 'expires', { moment: row.expires })}
            </p>
          </div>
          <Withdraw row={row} />
        </li>
      ))}
    </ul>
  );
}
