'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { signIn, signUp } from './actions.ts';

const START: FormState = {};

/** What is wrong at a field, and at none. */
const errorAt = ({ error }: FormState, field: string) => (error?.field === field ? error.message : undefined);
const errorAtNone = ({ error }: FormState) =>
  error !== undefined && error.field === undefined ? error.message : undefined;

export function SignUpForm() {
  const [state, action, pending] = useActionState(signUp, START);
  const form = useErrorFocus(state);
  const general = errorAtNone(state);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label="Name"
        name="name"
        autoComplete="organization"
        required
        defaultValue={state.values?.name}
        hint="Your shop or company"
        error={errorAt(state, 'name')}
      />
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="email"
        required
        defaultValue={state.values?.email}
        error={errorAt(state, 'email')}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint="At least 8 characters"
        error={errorAt(state, 'password')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        Create account
      </Button>
    </form>
  );
}

export function SignInForm({ next }: { next: string }) {
  const [state, action, pending] = useActionState(signIn, START);
  const general = errorAtNone(state);
  return (
    <form action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="next" value={next} />
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={state.values?.email}
      />
      <Field label="Password" name="password" type="password" autoComplete="current-password" required />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        Sign in
      </Button>
    </form>
  );
}
