'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';

type State = FormState & { isSent?: boolean };

type Props = {
  action: (state: State, form: FormData) => Promise<State>;
  text: string;
  /** Said when it was asked for, whether or not there is such an account. */
  sent: string;
  /** Whether there is a mail server. */
  sendsMail: boolean;
  /** Hidden fields. */
  children?: ReactNode;
};

/** Asks for a link by mail, for whoever types an address. */
export function AskMailForm({ action: ask, text, sent, sendsMail, children }: Props) {
  const [state, action, pending] = useActionState(ask, {});
  const form = useErrorFocus(state);
  const words = useWords('mailed');
  const { errorAt, general } = useFormErrors(state, ['email']);
  if (state.isSent)
    return (
      <div role="status" className="space-y-3">
        <p>{sent}</p>
        {!sendsMail && <p>{words('kept')}</p>}
      </div>
    );
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{text}</p>
      {!sendsMail && <p className="text-quiet">{words('kept')}</p>}
      {children}
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
