'use client';

import { useWords } from '#words/use-words.ts';
import { deleteAccount } from './deletion-actions.ts';
import { TypedDeletionForm } from './typed-deletion-form.tsx';

/** Deletes the account of whoever types its address. */
export function DeleteAccountForm({ email }: { email: string }) {
  const words = useWords('deleteAccount');
  return (
    <TypedDeletionForm
      action={deleteAccount}
      field="email"
      label={words('typeEmail', { email })}
      deletes={words('delete')}
      back={{ href: '/account', words: words('back') }}
    />
  );
}
