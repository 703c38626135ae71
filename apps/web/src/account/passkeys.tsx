'use client';

import type { startRegistration } from '@simplewebauthn/browser';
import { useActionState, useId } from 'react';
import { usePasskey } from '#auth/use-passkey.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { addPasskey, beginPasskey, removePasskey } from './passkey-actions.ts';
import { ProofForm } from './proof-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

/** A passkey as the list shows it. */
export type PasskeyRow = { id: string; name: string; used: string };

/** Loaded when somebody adds one. */
const make = async (options: Parameters<typeof startRegistration>[0]['optionsJSON']) =>
  (await import('@simplewebauthn/browser')).startRegistration({ optionsJSON: options });

function Row({ row, mayChange }: { row: PasskeyRow; mayChange: boolean }) {
  const words = useWords('passkeys');
  const [state, action, pending] = useActionState(removePasskey, {});
  const { general } = useFormErrors(state, []);
  return (
    <li className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{row.name}</p>
        <p className="text-quiet tabular-nums">{row.used}</p>
        {general !== undefined && <p className="text-worse">{general}</p>}
      </div>
      {mayChange && (
        <form action={action}>
          <input type="hidden" name="id" value={row.id} />
          <Button
            type="submit"
            variant="danger"
            pending={pending}
            aria-label={words('removeNamed', { name: row.name })}
          >
            {words('remove')}
          </Button>
        </form>
      )}
    </li>
  );
}

/** Adds a passkey; `suggestion`: what it is called unless somebody types another name. */
function AddForm({ suggestion, add }: { suggestion: string; add: ReturnType<typeof useAdding> }) {
  const words = useWords('passkeys');
  const { state, problem, busy, isSupported, start } = add;
  const error = problem.error ?? (problem.said === undefined && !busy ? state.error : undefined);
  const { errorAt, general } = useFormErrors(error === undefined ? {} : { error }, ['name']);
  const said = problem.said === undefined ? general : words(problem.said);
  const note = useId();
  return (
    <form
      className="max-w-form space-y-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        start(new FormData(event.currentTarget));
      }}
    >
      {said !== undefined && <ErrorNotice message={said} />}
      <Field
        label={words('name')}
        name="name"
        required
        maxLength={60}
        defaultValue={suggestion}
        hint={words('nameHint')}
        error={errorAt('name')}
      />
      <Button type="submit" pending={busy} disabled={!isSupported} aria-describedby={note}>
        {words('add')}
      </Button>
      <p id={note} role="status" className="text-quiet">
        {state.isAdded && !busy && said === undefined ? words('added') : ''}
      </p>
    </form>
  );
}

function useAdding() {
  const [state, finish, finishing] = useActionState(addPasskey, {});
  const { pending, ...passkey } = usePasskey({ ask: beginPasskey, perform: make, finish });
  return { ...passkey, state, busy: pending || finishing };
}

type PasskeysProps = {
  rows: readonly PasskeyRow[];
  /** Whether browsers take passkeys at the portal's address. */
  isPossible: boolean;
  /** Whether somebody has proved lately who they are. */
  isProven: boolean;
  suggestion: string;
};

/** The passkeys of an account, and what changes them. Codes stay in view when the page comes anew. */
export function Passkeys({ rows, isPossible, isProven, suggestion }: PasskeysProps) {
  const words = useWords('passkeys');
  const add = useAdding();
  const { codes } = add.state;
  const isStale = [add.state.error, add.problem.error].some((error) => error?.code === 'proof_needed');
  return (
    <div className="space-y-4">
      {codes !== undefined && rows.length > 0 && <RecoveryCodes codes={codes} />}
      {rows.length > 0 && (
        <ul aria-label={words('title')} className="divide-y divide-line border-y border-line">
          {rows.map((row) => (
            <Row key={row.id} row={row} mayChange={isProven} />
          ))}
        </ul>
      )}
      {!isPossible && <p className="text-quiet">{words('notHere')}</p>}
      {(!isProven || isStale) && (isPossible || rows.length > 0) && <ProofForm />}
      {isPossible && isProven && !isStale && <AddForm suggestion={suggestion} add={add} />}
    </div>
  );
}
