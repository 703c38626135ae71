'use client';

import { Button } from '#ui/button.tsx';
import { Field, TextAreaField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { createGoal } from './goal-actions.ts';

const KINDS = ['event', 'page'] as const;

/** Names a goal. It counts for all of the site's history at once. */
export function GoalForm({ siteId }: { siteId: string }) {
  const form = useForm(createGoal, ['name', 'event', 'page', 'props']);
  const words = useWords('goals');
  const { values } = form.state;
  return (
    <Form of={form}>
      <input type="hidden" name="site" value={siteId} />
      <Field
        label={words('name')}
        name="name"
        required
        maxLength={120}
        placeholder={words('sampleName')}
        defaultValue={values?.name}
        error={form.errorAt('name')}
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
        error={form.errorAt('event', 'page')}
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
        error={form.errorAt('props')}
      />
      <Button type="submit" pending={form.pending}>
        {words('add')}
      </Button>
    </Form>
  );
}
