'use client';

import { useWords } from '#words/use-words.ts';
import { ConfirmAddressForm } from './confirm-address-form.tsx';
import { confirmNewEmail } from './profile-actions.ts';

/** Gives an account its new address. */
export function NewEmailForm({ token }: { token: string }) {
  const words = useWords('mailed');
  return (
    <ConfirmAddressForm
      action={confirmNewEmail}
      token={token}
      text={words('newEmailText')}
      confirmed={words('emailChanged')}
    />
  );
}
