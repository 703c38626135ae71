'use client';

import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { beginVisit } from './visit-actions.ts';

const MINUTES = ['15', '30', '60'] as const;

/** Begins to see what a tenant sees: with a reason, for a while. */
export function VisitForm({ tenantId }: { tenantId: string }) {
  const words = useWords('visit');
  const form = useForm(beginVisit, ['reason', 'minutes']);
  return (
    <div className="space-y-4">
      {form.needsProof && <ProofForm />}
      <Form of={form}>
        <input type="hidden" name="tenant" value={tenantId} />
        <Field
          label={words('reason')}
          {...form.field('reason')}
          required
          maxLength={500}
          hint={words('reasonHint')}
        />
        <SelectField label={words('minutes')} {...form.field('minutes', MINUTES[0])}>
          {MINUTES.map((minutes) => (
            <option key={minutes} value={minutes}>
              {words('minutesOption', { minutes })}
            </option>
          ))}
        </SelectField>
        <Button type="submit" pending={form.pending}>
          {words('begin')}
        </Button>
      </Form>
    </div>
  );
}
