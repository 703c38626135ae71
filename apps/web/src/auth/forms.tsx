'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { signIn, signUp } from './actions.ts';

const START: FormState = {};

export function SignUpForm() {
  const [state, action, pending] = useActionState(signUp, START);
  const form = useErrorFocus(state);
  const words = useWords('auth');
  const { errorAt, general } = useFormErrors(state, ['name', 'email', 'password']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('name')}
        name="name"
        autoComplete="organization"
        required
        defaultValue={state.values?.name}
        hint={words('nameHint')}
        error={errorAt('name')}
      />
      <Field
        label={words('email')}
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={state.values?.email}
        error={errorAt('email')}
      />
      <Field
        label={words('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={words('passwordHint')}
        error={errorAt('password')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('createAccount')}
      </Button>
    </form>
  );
}

export function SignInForm({ next }: { next: string }) {
  const [state, action, pending] = useActionState(signIn, START);
  const words = useWords('auth');
  const { errorAt, general } = useFormErrors(state, ['email']);
  return (
    <form action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="next" value={next} />
      <Field
        label={words('email')}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={state.values?.email}
        error={errorAt('email')}
      />
      <Field
        label={words('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('signIn')}
      </Button>
      <Button type="submit" name="way" value="team" variant="quiet" className="w-full" pending={pending}>
        {words('signInWithTeam')}
      </Button>
    </form>
  );
}
