'use client';

import { useActionState } from 'react';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { deleteAccount } from './deletion-actions.ts';
import { ProofForm } from './proof-form.tsx';

/** Deletes the account of whoever types its address. */
export function DeleteAccountForm({ email }: { email: string }) {
  const words = useWords('deleteAccount');
  const [state, action, pending] = useActionState(deleteAccount, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['email']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          label={words('typeEmail', { email })}
          name="email"
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          defaultValue={state.values?.email}
          error={errorAt('email')}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="danger" pending={pending}>
            {words('delete')}
          </Button>
          <ButtonLink href="/account">{words('back')}</ButtonLink>
        </div>
      </form>
    </div>
  );
}
