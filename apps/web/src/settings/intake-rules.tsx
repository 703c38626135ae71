'use client';

import { MAX_PATTERN_CHARACTERS } from '@footfall/core/intake-rules';
import { MAX_WILDCARDS } from '@footfall/core/page-pattern';
import { Button } from '#ui/button.tsx';
import { TextAreaField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { updateIntake } from './intake-actions.ts';
import { INTAKE_FIELDS, type IntakeField } from './intake-fields.ts';

/** What is counted of a site: from which pages, and what is left out. */
export function IntakeRules({
  siteId,
  rules,
  leftOut,
}: {
  siteId: string;
  rules: Readonly<Record<IntakeField, string>>;
  /** Patterns of pages that an earlier version took and that cost too much: these pages are counted. */
  leftOut: readonly string[];
}) {
  const form = useForm(updateIntake, INTAKE_FIELDS);
  const words = useWords('intake');
  return (
    <Form of={form}>
      {leftOut.length > 0 && (
        <div role="status" className="text-worse">
          <p>{words('leftOut', { wildcards: MAX_WILDCARDS, characters: MAX_PATTERN_CHARACTERS })}</p>
          <ul className="font-mono text-xs wrap-anywhere">
            {leftOut.map((pattern) => (
              <li key={pattern}>{pattern}</li>
            ))}
          </ul>
        </div>
      )}
      <input type="hidden" name="site" value={siteId} />
      {INTAKE_FIELDS.map((name) => {
        const text = form.state.values?.[name] ?? rules[name];
        return (
          <TextAreaField
            // What was saved comes back in its normal form.
            key={`${name} ${text}`}
            name={name}
            label={words(`lists.${name}`)}
            hint={words(`hints.${name}`)}
            rows={Math.min(8, Math.max(1, text.split('\n').length))}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            className="font-mono"
            defaultValue={text}
            error={form.errorAt(name)}
          />
        );
      })}
      <div className="flex items-center gap-4">
        <Button type="submit" pending={form.pending}>
          {words('save')}
        </Button>
        {form.state.saved && (
          <p role="status" className="text-quiet">
            {words('saved')}
          </p>
        )}
      </div>
    </Form>
  );
}
