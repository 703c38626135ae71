'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { ruleSupport } from './support-actions.ts';

/** Whether the platform's staff may look at what the tenant sees: an owner's to say. */
export function SupportRule({ isAllowed }: { isAllowed: boolean }) {
  const words = useWords('support');
  const [state, action, pending] = useActionState(ruleSupport, {});
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
            name="allowed"
            key={`support ${isAllowed}`}
            defaultChecked={isAllowed}
            className="size-4 shrink-0 accent-accent"
          />
          {words('ruleLabel')}
        </label>
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
