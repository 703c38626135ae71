'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { TextAreaField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { updateIntake } from './intake-actions.ts';
import { INTAKE_FIELDS, type IntakeField } from './intake-fields.ts';

/** What is counted of a site: from which pages, and what is left out. */
export function IntakeRules({
  siteId,
  rules,
}: {
  siteId: string;
  rules: Readonly<Record<IntakeField, string>>;
}) {
  const [state, action, pending] = useActionState(updateIntake, {});
  const form = useErrorFocus(state);
  const isAtField = INTAKE_FIELDS.some(({ name }) => name === state.error?.field);
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {state.error !== undefined && !isAtField && <ErrorNotice message={state.error.message} />}
      <input type="hidden" name="site" value={siteId} />
      {INTAKE_FIELDS.map(({ name, label, hint }) => {
        const text = state.values?.[name] ?? rules[name];
        return (
          <TextAreaField
            // What was saved comes back in its normal form.
            key={`${name} ${text}`}
            name={name}
            label={label}
            hint={hint}
            rows={Math.min(8, Math.max(1, text.split('\n').length))}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            className="font-mono"
            defaultValue={text}
            error={state.error?.field === name ? state.error.message : undefined}
          />
        );
      })}
      <div className="flex items-center gap-4">
        <Button type="submit" pending={pending}>
          Save rules
        </Button>
        {state.saved && (
          <p role="status" className="text-quiet">
            Saved. It holds from the next event on.
          </p>
        )}
      </div>
    </form>
  );
}
