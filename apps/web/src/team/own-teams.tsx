'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { useActionState, useState } from 'react';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { chooseTeam, leaveTeam } from './member-actions.ts';

/** A team that the reader belongs to. */
export type OwnTeam = {
  tenantId: string;
  name: string;
  role: TenantRole;
  isChosen: boolean;
  /** The reader sees nothing of it for now. */
  isLocked: boolean;
};

function Choose({ team }: { team: OwnTeam }) {
  const words = useWords('team');
  const [, action, pending] = useActionState(chooseTeam, {});
  return (
    <form action={action}>
      <input type="hidden" name="tenant" value={team.tenantId} />
      <Button type="submit" pending={pending} aria-label={words('switchTo', { team: team.name })}>
        {words('switch')}
      </Button>
    </form>
  );
}

function Leave({ team }: { team: OwnTeam }) {
  const words = useWords('team');
  const [state, action, pending] = useActionState(leaveTeam, {});
  const [open, setOpen] = useState(false);
  const { general } = useFormErrors(state, []);
  return (
    <>
      <Button
        variant="danger"
        onClick={() => setOpen(true)}
        aria-label={words('leaveNamed', { team: team.name })}
      >
        {words('leave')}
      </Button>
      <Dialog title={words('leaveNamed', { team: team.name })} open={open} onClose={() => setOpen(false)}>
        <form action={action} className="space-y-4">
          <input type="hidden" name="tenant" value={team.tenantId} />
          {general !== undefined && <ErrorNotice message={general} />}
          <p className="text-quiet">{words('leaveText')}</p>
          <Button type="submit" variant="danger" pending={pending}>
            {words('leave')}
          </Button>
        </form>
      </Dialog>
    </>
  );
}

/** The teams that the reader belongs to: which one is shown, and the way out. */
export function OwnTeams({ teams }: { teams: readonly OwnTeam[] }) {
  const words = useWords('team');
  return (
    <ul className="divide-y divide-line border-y border-line">
      {teams.map((team) => (
        <li key={team.tenantId} className="flex min-h-13 flex-wrap items-center gap-x-3 gap-y-2 py-2">
          <p className="flex min-w-0 flex-1 flex-wrap items-center gap-2 font-medium">
            <span className="wrap-anywhere">{team.name}</span>
            <Badge>{words(`roles.${team.role}`)}</Badge>
            {team.isChosen && teams.length > 1 && <Badge>{words('shown')}</Badge>}
          </p>
          {!team.isChosen && !team.isLocked && <Choose team={team} />}
          <Leave team={team} />
        </li>
      ))}
    </ul>
  );
}
