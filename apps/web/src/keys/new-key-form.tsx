'use client';

import { SCOPES } from '@footfall/core/access/api-key-scope';
import { ProofForm } from '#account/proof-form.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { chosenAgain, SiteChoiceFields } from '#team/site-choice-fields.tsx';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { createApiKey } from './key-actions.ts';
import { ShownKey } from './shown-key.tsx';

/** What a new key may do unless something else is chosen. */
const CHOSEN = 'stats';

/** Whose a new key is. */
const OWNERS = ['tenant', 'member'] as const;

type ScopeProps = { isTicked: (scope: string) => boolean; error: string | undefined };

function ScopeFields({ isTicked, error }: ScopeProps) {
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
              defaultChecked={isTicked(scope)}
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
  const form = useForm(createApiKey, ['name', 'scopes', 'sites', 'expires']);
  const words = useWords('keys');
  // React puts a form back to what it began with; after a key is made it begins anew.
  const round = form.state.apiKey ?? '';
  const choice = chosenAgain(form.state, 'all');
  return (
    <>
      {form.state.apiKey !== undefined && <ShownKey apiKey={form.state.apiKey} />}
      {form.needsProof && <ProofForm />}
      <Form of={form}>
        <Field
          key={`name ${round}`}
          label={words('name')}
          {...form.field('name')}
          autoComplete="off"
          hint={words('nameHint')}
        />
        <ScopeFields
          key={`scopes ${round} ${form.state.ticked?.scopes}`}
          isTicked={(scope) => form.isTicked('scopes', scope, scope === CHOSEN)}
          error={form.errorAt('scopes')}
        />
        <SiteChoiceFields
          key={round + choice.key}
          sites={sites}
          chosen={choice.chosen}
          error={form.errorAt('sites')}
        />
        <Field
          key={`expires ${round}`}
          label={words('expires')}
          {...form.field('expires')}
          type="date"
          min={earliest}
          hint={words('expiresHint')}
        />
        <SelectField key={`of ${form.state.values?.of}`} label={words('of')} {...form.field('of', 'tenant')}>
          {OWNERS.map((owner) => (
            <option key={owner} value={owner}>
              {words(`owners.${owner}`)}
            </option>
          ))}
        </SelectField>
        <Button type="submit" variant="primary" pending={form.pending}>
          {words('create')}
        </Button>
      </Form>
    </>
  );
}
