'use client';

import type { TenantRole } from '@footfall/core/access/role';
import { useActionState, useState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import type { SiteLabel } from '#sites/site-label.ts';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { changeMember, removeMember } from './member-actions.ts';
import { RoleField } from './role-field.tsx';
import { SiteChoiceFields } from './site-choice-fields.tsx';

/** A member as the list shows them. */
export type MemberRow = {
  userId: string;
  name: string;
  email: string;
  role: TenantRole;
  sites: 'all' | readonly string[];
  hasSecondFactor: boolean;
  joined: string;
  isReader: boolean;
  /** Whether the reader's role reaches this one. */
  mayChange: boolean;
};

type Choices = { roles: readonly TenantRole[]; sites: readonly SiteLabel[] };

function ChangeForm({ row, roles, sites }: Choices & { row: MemberRow }) {
  const words = useWords('team');
  const [state, action, pending] = useActionState(changeMember, {});
  const { errorAt, general } = useFormErrors(state, ['role', 'sites']);
  // What was saved is what is shown: React puts a form back to what it began with.
  const saved = `${row.role} ${row.sites}`;
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <>
      {needsProof && <ProofForm />}
      <form action={action} className="space-y-4">
        <input type="hidden" name="user" value={row.userId} />
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <RoleField key={`role ${saved}`} roles={roles} chosen={row.role} error={errorAt('role')} />
        <SiteChoiceFields key={`sites ${saved}`} sites={sites} chosen={row.sites} error={errorAt('sites')} />
        <div className="flex items-center gap-3">
          <Button type="submit" variant="primary" pending={pending}>
            {words('save')}
          </Button>
          {state.saved && <span role="status">{words('saved')}</span>}
        </div>
      </form>
    </>
  );
}

function RemoveForm({ row }: { row: MemberRow }) {
  const words = useWords('team');
  const [state, action, pending] = useActionState(removeMember, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <>
      {needsProof && <ProofForm />}
      <form action={action} className="space-y-2 border-t border-line pt-4">
        <input type="hidden" name="user" value={row.userId} />
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <p className="text-quiet">{words('removeText')}</p>
        <Button type="submit" variant="danger" pending={pending}>
          {words('remove')}
        </Button>
      </form>
    </>
  );
}

function MemberItem({ row, ...choices }: Choices & { row: MemberRow }) {
  const words = useWords('team');
  const [open, setOpen] = useState(false);
  const sites = row.sites === 'all' ? words('access.all') : words('siteCount', { count: row.sites.length });
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 grow basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          <span className="wrap-anywhere">{row.name}</span>
          <Badge>{words(`roles.${row.role}`)}</Badge>
          {row.isReader && <Badge>{words('you')}</Badge>}
        </p>
        <p className="text-quiet wrap-anywhere">{row.email}</p>
        <p className="text-quiet">
          {[sites, words(row.hasSecondFactor ? 'secondFactor' : 'noSecondFactor'), row.joined].join(' · ')}
        </p>
      </div>
      {row.mayChange && (
        <>
          <Button onClick={() => setOpen(true)} aria-label={words('changeNamed', { name: row.name })}>
            {words('change')}
          </Button>
          <Dialog title={row.name} open={open} onClose={() => setOpen(false)}>
            <div className="space-y-5">
              <ChangeForm row={row} {...choices} />
              {!row.isReader && <RemoveForm row={row} />}
            </div>
          </Dialog>
        </>
      )}
    </li>
  );
}

/** The team, oldest member first. */
export function MemberList({ members, ...choices }: Choices & { members: readonly MemberRow[] }) {
  return (
    <ul className="divide-y divide-line border-y border-line">
      {members.map((row) => (
        <MemberItem key={row.userId} row={row} {...choices} />
      ))}
    </ul>
  );
}
