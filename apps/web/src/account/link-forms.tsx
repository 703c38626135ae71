'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { AskMailForm } from './ask-mail-form.tsx';
import { requestLink, signInWithLink } from './link-actions.ts';

/** Asks for a link that signs in; `sendsMail`: whether there is a mail server. */
export function RequestLinkForm({ next, sendsMail }: { next: string; sendsMail: boolean }) {
  const words = useWords('mailed');
  return (
    <AskMailForm action={requestLink} text={words('linkText')} sent={words('linkSent')} sendsMail={sendsMail}>
      <input type="hidden" name="next" value={next} />
    </AskMailForm>
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
