'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { setRetention } from './life-actions.ts';

/** A number of months (null: as the installation has it), and the day on which history begins then, as the reader writes it. */
export type RetentionChoice = { months: number | null; firstDay: string };

type Props = {
  siteId: string;
  /** The months that hold now. */
  months: number | null;
  choices: readonly RetentionChoice[];
  /** The most months of the tenant's plan; null: it has no limit. */
  planMonths: number | null;
};

const valueFor = (months: number | null): string => (months === null ? '' : String(months));

/** For how many months events of the site are kept, with the day on which history ends for each choice. */
export function SiteRetention({ siteId, months, choices, planMonths }: Props) {
  const [state, action, pending] = useActionState(setRetention, {});
  const form = useErrorFocus(state);
  const words = useWords('life');
  const { errorAt, general } = useFormErrors(state, ['retentionMonths']);
  const needsProof = state.error?.code === 'proof_needed';
  const value = state.values?.retentionMonths ?? valueFor(months);
  const inForce = choices.find((choice) => choice.months === months);
  return (
    <div className="space-y-4">
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        <input type="hidden" name="site" value={siteId} />
        <SelectField
          key={`months ${value}`}
          label={words('keepLabel')}
          name="retentionMonths"
          defaultValue={value}
          hint={planMonths === null ? undefined : words('keepPlan', { months: planMonths })}
          error={errorAt('retentionMonths')}
        >
          {choices.map(({ months: some, firstDay }) => (
            <option key={valueFor(some)} value={valueFor(some)}>
              {some === null
                ? words('keepAll', { day: firstDay })
                : words('keepMonths', { months: some, day: firstDay })}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-wrap items-center gap-4">
          <Button type="submit" pending={pending}>
            {words('keepSave')}
          </Button>
          {state.saved && inForce !== undefined && (
            <p role="status" className="text-quiet">
              {words('keepSaved', { day: inForce.firstDay })}
            </p>
          )}
        </div>
      </form>
    </div>
  );
}
