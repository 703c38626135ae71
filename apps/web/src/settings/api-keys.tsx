'use client';

import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { createApiKey, revokeApiKey } from './key-actions.ts';

/** Which scopes a new key has, unless others are chosen. */
const SCOPES = [
  { scope: 'stats', chosen: true },
  { scope: 'ingest', chosen: false },
] as const;

export type KeyRow = { id: string; hint: string; scopes: readonly string[]; created: string };

function NewKey({ apiKey }: { apiKey: string }) {
  const words = useWords('keys');
  return (
    <div role="status" className="space-y-3 rounded-md border border-line bg-sunken p-4">
      <p className="font-medium">{words('copyNow')}</p>
      <p className="font-mono text-xs wrap-anywhere">{apiKey}</p>
      <CopyButton text={apiKey} label={words('copy')} />
    </div>
  );
}

function KeyList({ keys }: { keys: readonly KeyRow[] }) {
  const words = useWords('keys');
  if (keys.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {keys.map(({ id, hint, scopes, created }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
          <code className="font-mono text-xs">{hint}…</code>
          <span className="flex flex-1 gap-1.5">
            {scopes.map((scope) => (
              <Badge key={scope}>{scope}</Badge>
            ))}
          </span>
          <span className="text-quiet tabular-nums">{created}</span>
          <form action={revokeApiKey}>
            <input type="hidden" name="id" value={id} />
            <Button type="submit" variant="danger" aria-label={words('revokeNamed', { key: hint })}>
              {words('revoke')}
            </Button>
          </form>
        </li>
      ))}
    </ul>
  );
}

/** The API keys of the account: what there are, making one, ending one. Making one asks for the password when signing in is long ago. */
export function ApiKeys({ keys }: { keys: readonly KeyRow[] }) {
  const [state, action, pending] = useActionState(createApiKey, {});
  const words = useWords('keys');
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-5">
      <KeyList keys={keys} />
      {state.apiKey !== undefined && <NewKey apiKey={state.apiKey} />}
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      <form action={action} className="flex flex-wrap items-center gap-x-5 gap-y-2">
        {SCOPES.map(({ scope, chosen }) => (
          <label key={scope} className="inline-flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
            <input type="checkbox" name={scope} defaultChecked={chosen} className="size-4 accent-accent" />
            {words(`scopes.${scope}`)}
          </label>
        ))}
        <Button type="submit" pending={pending}>
          {words('create')}
        </Button>
      </form>
    </div>
  );
}
