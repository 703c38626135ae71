'use client';

import { useActionState } from 'react';
import { signInWithProvider } from '#auth/provider-actions.ts';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';

/** A team that wants the reader to come by its own provider; `providerId` names that. */
type LockedTeam = { tenantId: string; name: string; providerId: string };

function Go({ team: { name, providerId } }: { team: LockedTeam }) {
  const words = useWords('team');
  const [state, action, pending] = useActionState(signInWithProvider, {});
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-2 py-2">
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="font-medium wrap-anywhere">{words('wantsSignOn', { team: name })}</p>
      <input type="hidden" name="provider" value={providerId} />
      <Button type="submit" pending={pending}>
        {words('goToSignOn')}
      </Button>
    </form>
  );
}

/** The teams that show the reader nothing until they come by the team's own provider. */
export function LockedTeams({ teams }: { teams: readonly LockedTeam[] }) {
  return (
    <div>
      {teams.map((team) => (
        <Go key={team.tenantId} team={team} />
      ))}
    </div>
  );
}
