'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import type { SiteLabel } from '#sites/site-label.ts';
import { Button } from '#ui/button.tsx';
import { SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { copyToSite } from './copy-actions.ts';

type State = FormState & { copied?: { goals: number; funnels: number; segments: number } };

const START: State = {};
const THINGS = ['goals', 'funnels', 'segments'] as const;

/** Copies goals, funnels and segments to another site. */
export function CopyForm({ siteId, sites }: { siteId: string; sites: readonly SiteLabel[] }) {
  const [state, action, pending] = useActionState<State, FormData>(copyToSite, START);
  const words = useWords('copies');
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-4">
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <SelectField label={words('to')} name="to" defaultValue={state.values?.to}>
        {sites.map(({ id, domain }) => (
          <option key={id} value={id}>
            {domain}
          </option>
        ))}
      </SelectField>
      <fieldset className="flex flex-wrap gap-x-5">
        <legend className="font-medium">{words('what')}</legend>
        {THINGS.map((thing) => (
          <label key={thing} className="inline-flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
            <input type="checkbox" name={thing} defaultChecked className="size-4 accent-accent" />
            {words(thing)}
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" pending={pending}>
          {words('copy')}
        </Button>
        {state.copied !== undefined && (
          <p role="status" className="text-quiet">
            {words('copied', state.copied)}
          </p>
        )}
      </div>
    </form>
  );
}
