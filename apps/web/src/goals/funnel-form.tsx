'use client';

import { Button } from '#ui/button.tsx';
import { Field, TextAreaField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { createFunnel } from './funnel-actions.ts';

/** Keeps a funnel: its name, and its steps one a line. */
export function FunnelForm({ siteId }: { siteId: string }) {
  const form = useForm(createFunnel, ['name', 'steps']);
  const words = useWords('funnels');
  return (
    <Form of={form}>
      <input type="hidden" name="site" value={siteId} />
      <Field
        label={words('name')}
        {...form.field('name')}
        required
        maxLength={120}
        placeholder={words('sampleName')}
      />
      <TextAreaField
        label={words('steps')}
        {...form.field('steps')}
        required
        rows={4}
        autoCapitalize="none"
        spellCheck={false}
        placeholder={words('sampleSteps')}
        hint={words('stepsHint')}
      />
      <Button type="submit" pending={form.pending}>
        {words('add')}
      </Button>
    </Form>
  );
}
