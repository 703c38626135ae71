'use client';

import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { changePassword } from './own-password-actions.ts';

/** Changes the password; who has none sets their first. `email` tells password managers whose it is. */
export function PasswordForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const words = useWords('password');
  const form = useForm(changePassword, ['currentPassword', 'password']);
  return (
    <Form of={form} className="max-w-form space-y-4">
      <input type="text" value={email} autoComplete="username" readOnly hidden />
      {hasPassword && (
        <Field
          label={words('current')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          error={form.errorAt('currentPassword')}
        />
      )}
      <Field
        label={words('new')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={words('hint')}
        error={form.errorAt('password')}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={form.pending}>
          {words('save')}
        </Button>
        <p role="status" className="text-quiet">
          {form.state.saved && !form.pending ? words('saved') : ''}
        </p>
      </div>
    </Form>
  );
}
