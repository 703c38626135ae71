'use client';

import { TypedDeletionForm } from '#account/typed-deletion-form.tsx';
import { useWords } from '#words/use-words.ts';
import { deleteTeam } from './deletion-actions.ts';

/** Has the team deleted by whoever types its name. */
export function DeleteForm({ name }: { name: string }) {
  const words = useWords('deleteTeam');
  return (
    <TypedDeletionForm
      action={deleteTeam}
      field="name"
      label={words('typeName', { name })}
      deletes={words('delete')}
      back={{ href: '/team', words: words('back') }}
    />
  );
}
