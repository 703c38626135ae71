'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { RoleField } from './role-field.tsx';
import { removeSignOn, saveSignOn } from './sign-on-actions.ts';
import { chosenAgain, SiteChoiceFields } from './site-choice-fields.tsx';

type Settings = {
  issuer: string;
  clientId: string;
  role: TenantRole;
  sites: 'all' | readonly string[];
  isRequired: boolean;
};

type Props = {
  /** Null: none is set up. */
  settings: Settings | null;
  redirectUri: string;
  roles: readonly TenantRole[];
  sites: readonly SiteLabel[];
};

/** The address that the client at the provider is registered with. */
function RedirectAddress({ redirectUri }: Pick<Props, 'redirectUri'>) {
  const words = useWords('signOn');
  return (
    <div className="space-y-2 rounded-md border border-line bg-sunken p-4">
      <p className="font-medium">{words('redirect')}</p>
      <p className="break-all font-mono text-xs">{redirectUri}</p>
      <CopyButton text={redirectUri} label={words('copyRedirect')} />
    </div>
  );
}

/** The team's own provider: where it is, who comes by it as what, and who must. */
export function SignOnForm({ settings, redirectUri, roles, sites }: Props) {
  const words = useWords('signOn');
  const form = useForm(saveSignOn, ['issuer', 'clientId', 'role', 'sites']);
  const role = (form.state.values?.role ?? settings?.role ?? 'viewer') as TenantRole;
  const choice = chosenAgain(form.state, settings?.sites ?? 'all');
  const isRequired = form.isTicked('required', 'on', settings?.isRequired ?? false);
  return (
    <div className="space-y-4">
      <RedirectAddress redirectUri={redirectUri} />
      {form.needsProof && <ProofForm />}
      <Form of={form}>
        <Field
          label={words('issuer')}
          {...form.field('issuer', settings?.issuer)}
          type="url"
          autoComplete="off"
          required
          hint={words('issuerHint')}
        />
        <Field
          label={words('clientId')}
          {...form.field('clientId', settings?.clientId)}
          autoComplete="off"
          required
        />
        <Field
          label={words('clientSecret')}
          name="clientSecret"
          type="password"
          autoComplete="off"
          hint={settings === null ? undefined : words('secretHint')}
        />
        <p className="pt-2 font-medium">{words('newcomers')}</p>
        <RoleField key={`role ${role}`} roles={roles} chosen={role} error={form.errorAt('role')} />
        <SiteChoiceFields
          key={choice.key}
          sites={sites}
          chosen={choice.chosen}
          error={form.errorAt('sites')}
        />
        <label className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
          <input
            type="checkbox"
            name="required"
            key={`required ${isRequired}`}
            defaultChecked={isRequired}
            className="size-4 shrink-0 accent-accent"
          />
          {words('required')}
        </label>
        <p className="text-quiet">{words('requiredText')}</p>
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={form.pending}>
            {words('save')}
          </Button>
          {form.state.saved && !form.pending && <span role="status">{words('saved')}</span>}
        </div>
      </Form>
    </div>
  );
}

/** Ends the team's own provider. */
export function RemoveSignOn() {
  const words = useWords('signOn');
  const [state, action, pending] = useActionState(removeSignOn, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4 border-t border-line pt-5">
      {needsProof && <ProofForm />}
      <form action={action} className="space-y-3">
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <p className="text-quiet">{words('removeText')}</p>
        <Button type="submit" variant="danger" pending={pending}>
          {words('remove')}
        </Button>
      </form>
    </div>
  );
}
