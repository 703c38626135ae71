'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { deleteTeam } from './deletion-actions.ts';

/** Has the team deleted by whoever types its name. */
export function DeleteForm({ name }: { name: string }) {
  const words = useWords('deleteTeam');
  const [state, action, pending] = useActionState(deleteTeam, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['name']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="max-w-form space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          label={words('typeName', { name })}
          name="name"
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          defaultValue={state.values?.name}
          error={errorAt('name')}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="danger" pending={pending}>
            {words('delete')}
          </Button>
          <ButtonLink href="/team">{words('back')}</ButtonLink>
        </div>
      </form>
    </div>
  );
}
