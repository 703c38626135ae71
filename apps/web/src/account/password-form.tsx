'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { changePassword } from './own-password-actions.ts';

/** Changes the password; who has none sets their first. `email` tells password managers whose it is. */
export function PasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const words = useWords('password');
  const [state, action, pending] = useActionState(changePassword, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['currentPassword', 'password']);
  return (
    <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="text" value={email} autoComplete="username" readOnly hidden />
      {hasPassword && (
        <Field
          label={words('current')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          error={errorAt('currentPassword')}
        />
      )}
      <Field
        label={words('new')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={words('hint')}
        error={errorAt('password')}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={pending}>
          {words('save')}
        </Button>
        <p role="status" className="text-quiet">
          {state.saved && !pending ? words('saved') : ''}
        </p>
      </div>
    </form>
  );
}
