'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field, TextAreaField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { createGoal } from './goal-actions.ts';

const START: FormState = {};
const KINDS = ['event', 'page'] as const;

/** Names a goal. It counts for all of the site's history at once. */
export function GoalForm({ siteId }: { siteId: string }) {
  const [state, action, pending] = useActionState(createGoal, START);
  const form = useErrorFocus(state);
  const words = useWords('goals');
  const { errorAt, general } = useFormErrors(state, ['name', 'event', 'page', 'props']);
  const { values } = state;
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
        defaultValue={values?.name}
        error={errorAt('name')}
      />
      <fieldset className="flex flex-wrap gap-x-5" key={`kind ${values?.kind}`}>
        <legend className="font-medium">{words('reachedBy')}</legend>
        {KINDS.map((kind) => (
          <label key={kind} className="inline-flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
            <input
              type="radio"
              name="kind"
              value={kind}
              defaultChecked={kind === (values?.kind ?? 'event')}
              className="size-4 accent-accent"
            />
            {words(kind)}
          </label>
        ))}
      </fieldset>
      <Field
        label={words('what')}
        name="what"
        required
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        placeholder={words('sampleWhat')}
        defaultValue={values?.what}
        hint={words('whatHint')}
        error={errorAt('event', 'page')}
      />
      <TextAreaField
        label={words('props')}
        name="props"
        rows={2}
        autoCapitalize="none"
        spellCheck={false}
        placeholder={words('sampleProps')}
        defaultValue={values?.props}
        hint={words('propsHint')}
        error={errorAt('props')}
      />
      <Button type="submit" pending={pending}>
        {words('add')}
      </Button>
    </form>
  );
}
