'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { liftSuspension, suspend } from './suspend-actions.ts';

/** Stops a tenant with a reason, or lets it go on. */
export function SuspendForm({ tenantId, isSuspended }: { tenantId: string; isSuspended: boolean }) {
  const words = useWords('suspension');
  const [state, action, pending] = useActionState(isSuspended ? liftSuspension : suspend, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, isSuspended ? [] : ['reason']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <input type="hidden" name="tenant" value={tenantId} />
        {!isSuspended && (
          <Field
            label={words('reason')}
            name="reason"
            required
            maxLength={500}
            hint={words('reasonHint')}
            defaultValue={state.values?.reason}
            error={errorAt('reason')}
          />
        )}
        <Button type="submit" variant={isSuspended ? 'secondary' : 'danger'} pending={pending}>
          {words(isSuspended ? 'lift' : 'suspend')}
        </Button>
      </form>
    </div>
  );
}
