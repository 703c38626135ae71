'use client';

import { type ReactNode, useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { ProofForm } from '#account/proof-form.tsx';
import { Button, type ButtonVariant } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';

type Props = {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  /** What the button says. */
  label: string;
  variant?: ButtonVariant;
  /** What is sent beside what is typed. */
  fields?: Readonly<Record<string, string>>;
  children?: ReactNode;
};

/** A button, with fields above it if there are any, that does something about money: after a fresh proof, where that is wanted. */
export function MoneyForm({ action, label, variant = 'secondary', fields = {}, children }: Props) {
  const [state, send, pending] = useActionState(action, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form action={send} className="space-y-4">
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <Button type="submit" variant={variant} pending={pending}>
          {label}
        </Button>
      </form>
    </div>
  );
}
