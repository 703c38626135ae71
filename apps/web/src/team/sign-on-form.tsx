'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { RoleField } from './role-field.tsx';
import { removeSignOn, saveSignOn } from './sign-on-actions.ts';
import { SiteChoiceFields } from './site-choice-fields.tsx';

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
  const [state, action, pending] = useActionState(saveSignOn, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['issuer', 'clientId', 'role', 'sites']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-4">
      <RedirectAddress redirectUri={redirectUri} />
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          label={words('issuer')}
          name="issuer"
          type="url"
          autoComplete="off"
          required
          hint={words('issuerHint')}
          defaultValue={state.values?.issuer ?? settings?.issuer}
          error={errorAt('issuer')}
        />
        <Field
          label={words('clientId')}
          name="clientId"
          autoComplete="off"
          required
          defaultValue={state.values?.clientId ?? settings?.clientId}
          error={errorAt('clientId')}
        />
        <Field
          label={words('clientSecret')}
          name="clientSecret"
          type="password"
          autoComplete="off"
          hint={settings === null ? undefined : words('secretHint')}
        />
        <p className="pt-2 font-medium">{words('newcomers')}</p>
        <RoleField roles={roles} chosen={settings?.role ?? 'viewer'} error={errorAt('role')} />
        <SiteChoiceFields sites={sites} chosen={settings?.sites ?? 'all'} error={errorAt('sites')} />
        <label className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
          <input
            type="checkbox"
            name="required"
            key={`required ${settings?.isRequired}`}
            defaultChecked={settings?.isRequired ?? false}
            className="size-4 shrink-0 accent-accent"
          />
          {words('required')}
        </label>
        <p className="text-quiet">{words('requiredText')}</p>
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={pending}>
            {words('save')}
          </Button>
          {state.saved && !pending && <span role="status">{words('saved')}</span>}
        </div>
      </form>
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
