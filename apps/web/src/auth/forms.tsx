'use client';

import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { signIn, signUp } from './actions.ts';

export function SignUpForm() {
  const form = useForm(signUp, ['name', 'email', 'password']);
  const words = useWords('auth');
  return (
    <Form of={form}>
      <Field
        label={words('name')}
        {...form.field('name')}
        autoComplete="organization"
        required
        hint={words('nameHint')}
      />
      <Field label={words('email')} {...form.field('email')} type="email" autoComplete="email" required />
      <Field
        label={words('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={words('passwordHint')}
        error={form.errorAt('password')}
      />
      <Button type="submit" variant="primary" className="w-full" pending={form.pending}>
        {words('createAccount')}
      </Button>
    </Form>
  );
}

export function SignInForm({ next }: { next: string }) {
  const form = useForm(signIn, ['email']);
  const words = useWords('auth');
  return (
    <Form of={form}>
      <input type="hidden" name="next" value={next} />
      <Field label={words('email')} {...form.field('email')} type="email" autoComplete="username" required />
      <Field
        label={words('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button type="submit" variant="primary" className="w-full" pending={form.pending}>
        {words('signIn')}
      </Button>
      <Button type="submit" name="way" value="team" variant="quiet" className="w-full" pending={form.pending}>
        {words('signInWithTeam')}
      </Button>
    </Form>
  );
}
