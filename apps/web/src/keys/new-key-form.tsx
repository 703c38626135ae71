'use client';

import { SCOPES } from '@footfall/core/access/api-key-scope';
import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { SiteChoiceFields } from '#team/site-choice-fields.tsx';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { createApiKey } from './key-actions.ts';
import { ShownKey } from './shown-key.tsx';

/** What a new key may do unless something else is chosen. */
const CHOSEN = 'stats';

/** Whose a new key is. */
const OWNERS = ['tenant', 'member'] as const;

function ScopeFields({ error }: { error: string | undefined }) {
  const words = useWords('keys');
  return (
    <fieldset className="space-y-1">
      <legend className="font-medium">{words('may')}</legend>
      <div className="flex flex-wrap gap-x-5">
        {SCOPES.map((scope) => (
          <label key={scope} className="inline-flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
            <input
              type="checkbox"
              name="scopes"
              value={scope}
              defaultChecked={scope === CHOSEN}
              className="size-4 accent-accent"
            />
            {words(`scopes.${scope}`)}
          </label>
        ))}
      </div>
      {error !== undefined && <p className="text-worse">{error}</p>}
    </fieldset>
  );
}

/** Makes an API key: its name, what it may do and where, until when, and whose it is. It asks for the password when signing in is long ago. */
export function NewKeyForm({ sites, earliest }: { sites: readonly SiteLabel[]; earliest: string }) {
  const [state, action, pending] = useActionState(createApiKey, {});
  const form = useErrorFocus(state);
  const words = useWords('keys');
  const { errorAt, general } = useFormErrors(state, ['name', 'scopes', 'sites', 'expires']);
  const needsProof = state.error?.code === 'proof_needed';
  // React puts a form back to what it began with; after a key is made it begins anew.
  const round = state.apiKey ?? '';
  return (
    <>
      {state.apiKey !== undefined && <ShownKey apiKey={state.apiKey} />}
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          key={`name ${round}`}
          label={words('name')}
          name="name"
          autoComplete="off"
          hint={words('nameHint')}
          defaultValue={state.values?.name}
          error={errorAt('name')}
        />
        <ScopeFields key={`scopes ${round}`} error={errorAt('scopes')} />
        <SiteChoiceFields key={`sites ${round}`} sites={sites} chosen="all" error={errorAt('sites')} />
        <Field
          key={`expires ${round}`}
          label={words('expires')}
          name="expires"
          type="date"
          min={earliest}
          hint={words('expiresHint')}
          defaultValue={state.values?.expires}
          error={errorAt('expires')}
        />
        <SelectField label={words('of')} name="of" defaultValue="tenant">
          {OWNERS.map((owner) => (
            <option key={owner} value={owner}>
              {words(`owners.${owner}`)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" variant="primary" pending={pending}>
          {words('create')}
        </Button>
      </form>
    </>
  );
}
