'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { signInWithCode } from './actions.ts';

/** The second step of signing in: a code of the app, or a recovery code. */
export function SecondFactorForm() {
  const words = useWords('auth');
  const [state, action, pending] = useActionState(signInWithCode, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['code']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('code')}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        autoFocus
        required
        hint={words('codeHint')}
        error={errorAt('code')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('signIn')}
      </Button>
    </form>
  );
}
