'use client';

import { useActionState } from 'react';
import { Button, ButtonLink } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { confirmNewEmail } from './profile-actions.ts';

/** The button that gives an account its new address: a link alone would be opened by programs that look through mails. */
export function NewEmailForm({ token }: { token: string }) {
  const words = useWords('mailed');
  const [state, action, pending] = useActionState(confirmNewEmail, {});
  const { general } = useFormErrors(state, []);
  if (state.isConfirmed)
    return (
      <div className="space-y-4">
        <p role="status">{words('emailChanged')}</p>
        <ButtonLink href="/" variant="primary" className="w-full">
          {words('goOn')}
        </ButtonLink>
      </div>
    );
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{words('newEmailText')}</p>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('confirm')}
      </Button>
    </form>
  );
}
