'use client';

import { useActionState } from 'react';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { requestReset, saveNewPassword } from './password-actions.ts';
import { confirmEmail } from './verify-actions.ts';

/** Asks for a link that sets a new password; `sendsMail`: whether there is a mail server. */
export function ForgotPasswordForm({ sendsMail }: { sendsMail: boolean }) {
  const [state, action, pending] = useActionState(requestReset, {});
  const form = useErrorFocus(state);
  const words = useWords('mailed');
  const { errorAt, general } = useFormErrors(state, ['email']);
  if (state.isSent)
    return (
      <div role="status" className="space-y-3">
        <p>{words('sent')}</p>
        {!sendsMail && <p>{words('kept')}</p>}
      </div>
    );
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{words('forgotText')}</p>
      {!sendsMail && <p className="text-quiet">{words('kept')}</p>}
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

/** Sets a new password with the token of a mail. */
export function ResetPasswordForm({ token }: { token: string }) {
  const [state, action, pending] = useActionState(saveNewPassword, {});
  const form = useErrorFocus(state);
  const words = useWords('mailed');
  const { errorAt, general } = useFormErrors(state, ['password']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="token" value={token} />
      <Field
        label={words('newPassword')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        hint={words('passwordHint')}
        error={errorAt('password')}
      />
      <p className="text-quiet">{words('resetText')}</p>
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('savePassword')}
      </Button>
    </form>
  );
}

/** The button that confirms an address: a link alone would be opened by programs that look through mails. */
export function VerifyEmailForm({ token }: { token: string }) {
  const [state, action, pending] = useActionState(confirmEmail, {});
  const words = useWords('mailed');
  const { general } = useFormErrors(state, []);
  if (state.isConfirmed)
    return (
      <div className="space-y-4">
        <p role="status">{words('confirmed')}</p>
        <ButtonLink href="/" variant="primary" className="w-full">
          {words('goOn')}
        </ButtonLink>
      </div>
    );
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{words('confirmText')}</p>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('confirm')}
      </Button>
    </form>
  );
}
