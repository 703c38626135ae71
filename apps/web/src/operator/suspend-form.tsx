'use client';

import { useActionState } from 'react';
import { Field } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleForm } from './console-form.tsx';
import { liftSuspension, suspend } from './suspend-actions.ts';

/** Stops a tenant with a reason, or lets it go on. */
export function SuspendForm({ tenantId, isSuspended }: { tenantId: string; isSuspended: boolean }) {
  const words = useWords('suspension');
  const [state, action, pending] = useActionState(isSuspended ? liftSuspension : suspend, {});
  return (
    <ConsoleForm
      state={state}
      action={action}
      pending={pending}
      fields={isSuspended ? [] : ['reason']}
      submit={words(isSuspended ? 'lift' : 'suspend')}
      variant={isSuspended ? 'secondary' : 'danger'}
    >
      {(errorAt) => (
        <>
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
        </>
      )}
    </ConsoleForm>
  );
}
