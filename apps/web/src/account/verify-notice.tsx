'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { sendVerification } from './verify-actions.ts';

type VerifyNoticeProps = {
  email: string;
  /** Whether there is a mail server; without one the operator has the link. */
  sendsMail: boolean;
};

/** Says that somebody has yet to confirm their address, and sends the link once more. */
export function VerifyNotice({ email, sendsMail }: VerifyNoticeProps) {
  const [state, action, pending] = useActionState(sendVerification, {});
  const words = useWords('verify');
  const { general } = useFormErrors(state, []);
  const [waiting, sent] = sendsMail ? (['notConfirmed', 'sent'] as const) : (['kept', 'sentKept'] as const);
  return (
    <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 sm:px-6">
      <p role="status" className="min-w-0 flex-1 basis-60 text-quiet wrap-anywhere">
        {general ?? words(state.isSent ? sent : waiting, { email })}
      </p>
      {!state.isSent && (
        <form action={action}>
          <Button type="submit" pending={pending}>
            {words('sendAgain')}
          </Button>
        </form>
      )}
    </div>
  );
}
