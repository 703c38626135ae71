'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { acceptInvitation, joinTeam } from './invitation-actions.ts';

/** For whoever is signed in with the address that was invited. A button, since scanners of mails open every link. */
export function AcceptForm({ token }: { token: string }) {
  const words = useWords('invitation');
  const [state, action, pending] = useActionState(acceptInvitation, {});
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('accept')}
      </Button>
    </form>
  );
}

/** For an address that has no account yet. */
export function JoinForm({ token, email }: { token: string; email: string }) {
  const words = useWords('invitation');
  const auth = useWords('auth');
  const form = useForm(joinTeam, ['name', 'password']);
  return (
    <Form of={form}>
      <input type="hidden" name="token" value={token} />
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label={words('name')} {...form.field('name')} autoComplete="name" required />
      <Field
        label={auth('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={auth('passwordHint')}
        error={form.errorAt('password')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={form.pending}>
        {words('accept')}
      </Button>
    </Form>
  );
}
