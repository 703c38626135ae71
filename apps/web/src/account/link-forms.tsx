'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { requestLink, signInWithLink } from './link-actions.ts';

/** Asks for a link that signs in; `sendsMail`: whether there is a mail server. */
export function RequestLinkForm({ next, sendsMail }: { next: string; sendsMail: boolean }) {
  const [state, action, pending] = useActionState(requestLink, {});
  const form = useErrorFocus(state);
  const words = useWords('mailed');
  const { errorAt, general } = useFormErrors(state, ['email']);
  if (state.isSent)
    return (
      <div role="status" className="space-y-3">
        <p>{words('linkSent')}</p>
        {!sendsMail && <p>{words('kept')}</p>}
      </div>
    );
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{words('linkText')}</p>
      {!sendsMail && <p className="text-quiet">{words('kept')}</p>}
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
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('sendLink')}
      </Button>
    </form>
  );
}

type SignInLinkFormProps = { token: string; email: string; asksPassword: boolean };

/** The button that signs in: a link alone would be opened by programs that look through mails. */
export function SignInLinkForm({ token, email, asksPassword }: SignInLinkFormProps) {
  const [state, action, pending] = useActionState(signInWithLink, {});
  const form = useErrorFocus(state);
  const words = useWords('mailed');
  const { errorAt, general } = useFormErrors(state, ['password']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet wrap-anywhere">{words('signInAs', { email })}</p>
      <input type="hidden" name="token" value={token} />
      {asksPassword && (
        <Field
          label={words('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          hint={words('otherBrowser')}
          error={errorAt('password')}
        />
      )}
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('signIn')}
      </Button>
    </form>
  );
}
