'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { ruleSecondFactor } from './member-actions.ts';

/** Whether everybody of the team needs a second factor. */
export function SecondFactorRule({ isRequired }: { isRequired: boolean }) {
  const words = useWords('team');
  const [state, action, pending] = useActionState(ruleSecondFactor, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      <form action={action} className="space-y-3">
        <label className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
          <input
            type="checkbox"
            name="required"
            key={`rule ${isRequired}`}
            defaultChecked={isRequired}
            className="size-4 shrink-0 accent-accent"
          />
          {words('ruleLabel')}
        </label>
        <p className="text-quiet">{words('ruleText')}</p>
        <div className="flex items-center gap-3">
          <Button type="submit" pending={pending}>
            {words('save')}
          </Button>
          {state.saved && <span role="status">{words('saved')}</span>}
        </div>
      </form>
    </div>
  );
}
