'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { TypedField } from '#ui/typed-field.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { ProofForm } from './proof-form.tsx';

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** The field in which is typed what is to be deleted. */
  field: string;
  label: string;
  /** The words of the button. */
  deletes: string;
  back: { href: string; words: ReactNode };
};

/** Deletes something for whoever types what it is called, and has proved lately who they are. */
export function TypedDeletionForm({ action: deletion, field, label, deletes, back }: Props) {
  const [state, action, pending] = useActionState(deletion, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, [field]);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <TypedField label={label} name={field} defaultValue={state.values?.[field]} error={errorAt(field)} />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="danger" pending={pending}>
            {deletes}
          </Button>
          <ButtonLink href={back.href}>{back.words}</ButtonLink>
        </div>
      </form>
    </div>
  );
}
