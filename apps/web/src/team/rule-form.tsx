'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';

type State = FormState & { saved?: boolean };

type Props = {
  action: (state: State, form: FormData) => Promise<State>;
  /** The name of the box that is ticked where the rule holds. */
  field: string;
  holds: boolean;
  label: string;
  /** What the rule means, below its box. */
  text?: ReactNode;
  save: string;
  saved: string;
};

/** A rule of a team, which holds or not; it is changed by whoever has proved lately who they are. */
export function RuleForm({ action: rule, field, holds, label, text, save, saved }: Props) {
  const [state, action, pending] = useActionState(rule, {});
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
            name={field}
            key={`${field} ${holds}`}
            defaultChecked={holds}
            className="size-4 shrink-0 accent-accent"
          />
          {label}
        </label>
        {text !== undefined && <p className="text-quiet">{text}</p>}
        <div className="flex items-center gap-3">
          <Button type="submit" pending={pending}>
            {save}
          </Button>
          {state.saved && <span role="status">{saved}</span>}
        </div>
      </form>
    </div>
  );
}
