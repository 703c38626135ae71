'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { beginVisit } from './visit-actions.ts';

const MINUTES = ['15', '30', '60'] as const;

/** Begins to see what a tenant sees: with a reason, for a while. */
export function VisitForm({ tenantId }: { tenantId: string }) {
  const words = useWords('visit');
  const [state, action, pending] = useActionState(beginVisit, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['reason', 'minutes']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <input type="hidden" name="tenant" value={tenantId} />
        <Field
          label={words('reason')}
          name="reason"
          required
          maxLength={500}
          hint={words('reasonHint')}
          defaultValue={state.values?.reason}
          error={errorAt('reason')}
        />
        <SelectField
          label={words('minutes')}
          name="minutes"
          defaultValue={state.values?.minutes ?? MINUTES[0]}
          error={errorAt('minutes')}
        >
          {MINUTES.map((minutes) => (
            <option key={minutes} value={minutes}>
              {words('minutesOption', { minutes })}
            </option>
          ))}
        </SelectField>
        <Button type="submit" pending={pending}>
          {words('begin')}
        </Button>
      </form>
    </div>
  );
}
