'use client';

import type { ReactNode } from 'react';
import type { FormState } from '#access/form-state.ts';
import { ProofForm } from '#account/proof-form.tsx';
import { Button, type ButtonVariant } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';

type Props = {
  state: FormState & { saved?: boolean };
  action: (form: FormData) => void;
  pending: boolean;
  /** Names of its fields. */
  fields: readonly string[];
  submit: string;
  variant?: ButtonVariant;
  /** Said when it has been done; absent: the page shows it. */
  saved?: string;
  children?: (errorAt: (...fields: readonly string[]) => string | undefined) => ReactNode;
};

/** A form of the console: it asks for a fresh proof where that is missing, and says that it has saved. */
export function ConsoleForm({ state, action, pending, fields, submit, variant, saved, children }: Props) {
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, fields);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        {children?.(errorAt)}
        <div className="flex items-center gap-3">
          <Button type="submit" variant={variant ?? 'secondary'} pending={pending}>
            {submit}
          </Button>
          {saved !== undefined && state.saved && <span role="status">{saved}</span>}
        </div>
      </form>
    </div>
  );
}
