'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { proveSelf } from './proof-actions.ts';

/** Asks for the password once more, in place of what needs it. The page shows that when it was right. */
export function ProofForm() {
  const words = useWords('proof');
  const [state, action, pending] = useActionState(proveSelf, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['currentPassword']);
  if (state.proven)
    return (
      <p role="status" className="text-quiet">
        {words('done')}
      </p>
    );
  return (
    <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('password')}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        hint={words('why')}
        error={errorAt('currentPassword')}
      />
      <Button type="submit" pending={pending}>
        {words('confirm')}
      </Button>
    </form>
  );
}
