'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';

type State = FormState & { isConfirmed?: boolean };

type Props = {
  action: (state: State, form: FormData) => Promise<State>;
  token: string;
  text: string;
  confirmed: string;
};

/** The button that confirms an address: a link alone would be opened by programs that look through mails. */
export function ConfirmAddressForm({ action: confirm, token, text, confirmed }: Props) {
  const [state, action, pending] = useActionState(confirm, {});
  const words = useWords('mailed');
  const { general } = useFormErrors(state, []);
  if (state.isConfirmed)
    return (
      <div className="space-y-4">
        <p role="status">{confirmed}</p>
        <ButtonLink href="/" variant="primary" className="w-full">
          {words('goOn')}
        </ButtonLink>
      </div>
    );
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{text}</p>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" className="w-full" pending={pending}>
        {words('confirm')}
      </Button>
    </form>
  );
}
