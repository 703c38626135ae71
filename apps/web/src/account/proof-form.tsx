'use client';

import { useActionState } from 'react';
import { SignButton } from '#auth/sign-button.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { askProofPasskey, mailProof, proveByPasskey, proveSelf } from './proof-actions.ts';
import { useProofWays } from './proof-ways.tsx';

function PasswordProof({ proof }: { proof: ReturnType<typeof useActionState<object, FormData>> }) {
  const words = useWords('proof');
  const [state, action, pending] = proof;
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['currentPassword']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <Field
        label={words('password')}
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        hint={words('why')}
        error={errorAt('currentPassword')}
      />
      <Button type="submit" pending={pending}>
        {words('confirm')}
      </Button>
    </form>
  );
}

/** Mails a link to whoever has no password; the page that it opens confirms them in this browser. */
function MailProof() {
  const words = useWords('proof');
  const [state, action, pending] = useActionState(mailProof, {});
  const { general } = useFormErrors(state, []);
  if (state.isSent) return <p role="status">{words('sent')}</p>;
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <Button type="submit" pending={pending}>
        {words('byMail')}
      </Button>
    </form>
  );
}

/** Asks once more who somebody is, in place of what needs it: for their password, a passkey, or by mail. The page shows it when they have said so. */
export function ProofForm() {
  const words = useWords('proof');
  const ways = useProofWays();
  const password = useActionState(proveSelf, {});
  const passkey = useActionState(proveByPasskey, {});
  if (password[0].proven || passkey[0].proven)
    return (
      <p role="status" className="text-quiet">
        {words('done')}
      </p>
    );
  return (
    <div className="max-w-form space-y-4">
      {!ways.password && <p className="text-quiet">{words('whyAgain')}</p>}
      {ways.password && <PasswordProof proof={password} />}
      {ways.passkey && (
        <SignButton
          label={words('byPasskey')}
          problems={{ cancelled: words('cancelled'), failed: words('failed') }}
          ask={askProofPasskey}
          proof={passkey}
        />
      )}
      {!ways.password && <MailProof />}
    </div>
  );
}
