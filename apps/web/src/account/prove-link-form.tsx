'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { proveByLink } from './proof-actions.ts';

/** The button behind a mailed link that confirms who is in front of this session. */
export function ProveLinkForm({ token }: { token: string }) {
  const words = useWords('proof');
  const [state, action, pending] = useActionState(proveByLink, {});
  const { general } = useFormErrors(state, []);
  if (state.proven) return <p role="status">{words('doneElsewhere')}</p>;
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <p className="text-quiet">{words('linkText')}</p>
      <input type="hidden" name="token" value={token} />
      <Button type="submit" variant="primary" pending={pending}>
        {words('confirmSelf')}
      </Button>
    </form>
  );
}
