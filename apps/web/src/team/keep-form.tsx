'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { keepTeam } from './deletion-actions.ts';

/** Has a team back that is being deleted. */
export function KeepForm({ tenantId, name }: { tenantId: string; name: string }) {
  const words = useWords('deletedTeam');
  const [state, action, pending] = useActionState(keepTeam, {});
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-3">
      <input type="hidden" name="tenant" value={tenantId} />
      {general !== undefined && <ErrorNotice message={general} />}
      <Button type="submit" variant="primary" pending={pending} aria-label={words('undoNamed', { name })}>
        {words('undo')}
      </Button>
    </form>
  );
}
