'use client';

import { useActionState, useState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { revokeApiKey, rotateApiKey } from './key-actions.ts';
import { ShownKey } from './shown-key.tsx';

/** A key as the list shows it; its facts are sentences already. */
export type KeyRow = {
  id: string;
  hint: string;
  name: string;
  scopes: readonly string[];
  hasEnded: boolean;
  facts: readonly string[];
};

/** How long a former secret may go on, hours. */
const GRACE = [0, 1, 24, 168] as const;

function RotateForm({ id }: { id: string }) {
  const words = useWords('keys');
  const [state, action, pending] = useActionState(rotateApiKey, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  if (state.apiKey !== undefined) return <ShownKey apiKey={state.apiKey} />;
  return (
    <div className="space-y-5">
      {needsProof && <ProofForm />}
      <form action={action} className="space-y-4">
        <input type="hidden" name="id" value={id} />
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <p className="text-quiet">{words('rotateText')}</p>
        <SelectField label={words('grace')} name="grace" defaultValue="24">
          {GRACE.map((hours) => (
            <option key={hours} value={hours}>
              {words('graceHours', { hours, days: hours / 24 })}
            </option>
          ))}
        </SelectField>
        <Button type="submit" variant="primary" pending={pending}>
          {words('rotate')}
        </Button>
      </form>
    </div>
  );
}

function KeyItem({ row: { id, hint, name, scopes, hasEnded, facts } }: { row: KeyRow }) {
  const words = useWords('keys');
  const [open, setOpen] = useState(false);
  const label = name === '' ? hint : name;
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {name !== '' && <span className="font-medium wrap-anywhere">{name}</span>}
          <code className="font-mono text-xs">{hint}…</code>
          {scopes.map((scope) => (
            <Badge key={scope}>{scope}</Badge>
          ))}
          {hasEnded && <Badge>{words('ended')}</Badge>}
        </p>
        <p className="text-quiet wrap-anywhere">{facts.join(' · ')}</p>
      </div>
      <div className="flex gap-2">
        <Button onClick={() => setOpen(true)} aria-label={words('rotateNamed', { key: label })}>
          {words('rotate')}
        </Button>
        <form action={revokeApiKey}>
          <input type="hidden" name="id" value={id} />
          <Button type="submit" variant="danger" aria-label={words('revokeNamed', { key: label })}>
            {words('revoke')}
          </Button>
        </form>
      </div>
      <Dialog title={words('rotateNamed', { key: label })} open={open} onClose={() => setOpen(false)}>
        <RotateForm id={id} />
      </Dialog>
    </li>
  );
}

/** The API keys of the team, newest first. */
export function KeyList({ keys }: { keys: readonly KeyRow[] }) {
  const words = useWords('keys');
  if (keys.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {keys.map((row) => (
        <KeyItem key={row.id} row={row} />
      ))}
    </ul>
  );
}
