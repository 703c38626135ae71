'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextAreaField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { createFunnel } from './funnel-actions.ts';

const START: FormState = {};

/** Keeps a funnel: its name, and its steps one a line. */
export function FunnelForm({ siteId }: { siteId: string }) {
  const [state, action, pending] = useActionState(createFunnel, START);
  const form = useErrorFocus(state);
  const words = useWords('funnels');
  const { errorAt, general } = useFormErrors(state, ['name', 'steps']);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <Field
        label={words('name')}
        name="name"
        required
        maxLength={120}
        placeholder={words('sampleName')}
        defaultValue={state.values?.name}
        error={errorAt('name')}
      />
      <TextAreaField
        label={words('steps')}
        name="steps"
        required
        rows={4}
        autoCapitalize="none"
        spellCheck={false}
        placeholder={words('sampleSteps')}
        defaultValue={state.values?.steps}
        hint={words('stepsHint')}
        error={errorAt('steps')}
      />
      <Button type="submit" pending={pending}>
        {words('add')}
      </Button>
    </form>
  );
}
