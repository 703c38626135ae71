'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { ProofForm } from '#account/proof-form.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { inviteMember } from './member-actions.ts';
import { RoleField } from './role-field.tsx';
import { chosenAgain, SiteChoiceFields } from './site-choice-fields.tsx';

/** Asks somebody to join: address, role, sites. */
export function InviteForm({ roles, sites }: { roles: readonly TenantRole[]; sites: readonly SiteLabel[] }) {
  const form = useForm(inviteMember, ['email', 'role', 'sites']);
  const words = useWords('team');
  const role = (form.state.values?.role ?? 'viewer') as TenantRole;
  const choice = chosenAgain(form.state, 'all');
  return (
    <>
      {form.needsProof && <ProofForm />}
      <Form of={form}>
        {form.state.link !== undefined && (
          <div role="status" className="space-y-2 rounded-md border border-line bg-sunken p-4">
            <p className="font-medium wrap-anywhere">
              {words('invited', { email: form.state.invited ?? '' })}
            </p>
            <p className="text-quiet">{words(form.state.isMailed ? 'invitedText' : 'invitedUnmailed')}</p>
            <CopyButton text={form.state.link} label={words('copyLink')} />
          </div>
        )}
        <Field
          label={words('email')}
          {...form.field('email')}
          type="email"
          autoComplete="off"
          required
          key={`email ${form.state.link}`}
        />
        <RoleField
          key={`role ${form.state.link} ${role}`}
          roles={roles}
          chosen={role}
          error={form.errorAt('role')}
        />
        <SiteChoiceFields
          key={form.state.link + choice.key}
          sites={sites}
          chosen={choice.chosen}
          error={form.errorAt('sites')}
        />
        <Button type="submit" variant="primary" pending={form.pending}>
          {words('invite')}
        </Button>
      </Form>
    </>
  );
}
