'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';

import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { transferTeam } from './transfer-actions.ts';

type Heir = { userId: string; label: string };

/** Hands the team over to one of its members. */
export function TransferForm({ heirs }: { heirs: readonly Heir[] }) {
  const words = useWords('team');
  const [state, action, pending] = useActionState(transferTeam, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form action={action} className="max-w-form space-y-4">
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <SelectField label={words('transferTo')} name="user" error={undefined}>
          {heirs.map(({ userId, label }) => (
            <option key={userId} value={userId}>
              {label}
            </option>
          ))}
        </SelectField>
        <Button type="submit" variant="danger" pending={pending}>
          {words('transfer')}
        </Button>
      </form>
    </div>
  );
}
