'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { AskMailForm } from './ask-mail-form.tsx';
import { ConfirmAddressForm } from './confirm-address-form.tsx';
import { requestReset, saveNewPassword } from './password-actions.ts';
import { confirmEmail } from './verify-actions.ts';

/** Asks for a link that sets a new password; `sendsMail`: whether there is a mail server. */
export function ForgotPasswordForm({ sendsMail }: { sendsMail: boolean }) {
  const words = useWords('mailed');
  return (
    <AskMailForm
      action={requestReset}
      text={words('forgotText')}
      sent={words('sent')}
      sendsMail={sendsMail}
    />
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

/** Confirms the address of an account. */
export function VerifyEmailForm({ token }: { token: string }) {
  const words = useWords('mailed');
  return (
    <ConfirmAddressForm
      action={confirmEmail}
      token={token}
      text={words('confirmText')}
      confirmed={words('confirmed')}
    />
  );
}
