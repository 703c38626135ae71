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
import { inviteMember } from './member-actions.ts';
import { RoleField } from './role-field.tsx';
import { SiteChoiceFields } from './site-choice-fields.tsx';

/** Asks somebody to join: address, role, sites. */
export function InviteForm({ roles, sites }: { roles: readonly TenantRole[]; sites: readonly SiteLabel[] }) {
  const [state, action, pending] = useActionState(inviteMember, {});
  const form = useErrorFocus(state);
  const words = useWords('team');
  const { errorAt, general } = useFormErrors(state, ['email', 'role', 'sites']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <>
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {state.link !== undefined && (
          <div role="status" className="space-y-2 rounded-md border border-line bg-sunken p-4">
            <p className="font-medium wrap-anywhere">{words('invited', { email: state.invited ?? '' })}</p>
            <p className="text-quiet">{words(state.isMailed ? 'invitedText' : 'invitedUnmailed')}</p>
            <CopyButton text={state.link} label={words('copyLink')} />
          </div>
        )}
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          label={words('email')}
          name="email"
          type="email"
          autoComplete="off"
          required
          key={`email ${state.link}`}
          defaultValue={state.values?.email}
          error={errorAt('email')}
        />
        <RoleField key={`role ${state.link}`} roles={roles} chosen="viewer" error={errorAt('role')} />
        <SiteChoiceFields key={`sites ${state.link}`} sites={sites} chosen="all" error={errorAt('sites')} />
        <Button type="submit" variant="primary" pending={pending}>
          {words('invite')}
        </Button>
      </form>
    </>
  );
}
