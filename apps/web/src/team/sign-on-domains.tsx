'use client';

import { shownHost } from '@footfall/core/host';
import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { addDomain, checkDomain, removeDomain } from './sign-on-actions.ts';

/** A domain as the list shows it; days as the reader writes them. */
type DomainRow = {
  domain: string;
  standing: 'waiting' | 'own' | 'other';
  since: string | null;
  failingSince: string | null;
  isChecked: boolean;
  record: { name: string; value: string };
};

function Check({ row }: { row: DomainRow }) {
  const words = useWords('signOn');
  const [state, action, pending] = useActionState(checkDomain, {});
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-2">
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="domain" value={row.domain} />
      <Button
        type="submit"
        pending={pending}
        aria-label={words('checkNamed', { domain: shownHost(row.domain) })}
      >
        {words('check')}
      </Button>
    </form>
  );
}

function Remove({ row }: { row: DomainRow }) {
  const words = useWords('signOn');
  const [state, action, pending] = useActionState(removeDomain, {});
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <>
      <form action={action}>
        <input type="hidden" name="domain" value={row.domain} />
        <Button
          type="submit"
          variant="danger"
          pending={pending}
          aria-label={words('removeNamed', { domain: shownHost(row.domain) })}
        >
          {words('removeDomain')}
        </Button>
      </form>
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
    </>
  );
}

/** The TXT record that proves a domain. */
function Txt({ record }: Pick<DomainRow, 'record'>) {
  const words = useWords('signOn');
  return (
    <div className="space-y-2">
      <dl className="space-y-1">
        <div className="flex flex-wrap gap-x-3">
          <dt className="text-quiet">{words('recordName')}</dt>
          <dd className="min-w-0 break-all font-mono text-xs">{record.name}</dd>
        </div>
        <div className="flex flex-wrap gap-x-3">
          <dt className="text-quiet">{words('recordValue')}</dt>
          <dd className="min-w-0 break-all font-mono text-xs">{record.value}</dd>
        </div>
      </dl>
      <CopyButton text={record.value} label={words('copyRecord')} />
    </div>
  );
}

function sayState({ standing, isChecked, failingSince }: DomainRow) {
  if (standing === 'other') return 'stateOther';
  if (standing === 'own') return failingSince === null ? 'stateOwn' : 'stateFailing';
  return isChecked ? 'stateMissing' : 'stateWaiting';
}

/** The domains that the provider vouches for, each with how it stands, and one more. */
export function SignOnDomains({ domains }: { domains: readonly DomainRow[] }) {
  const words = useWords('signOn');
  const [state, action, pending] = useActionState(addDomain, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['domain']);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-5">
      {domains.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {domains.map((row) => (
            <li key={row.domain} className="space-y-3 py-3">
              <div>
                <p className="font-medium wrap-anywhere">{shownHost(row.domain)}</p>
                <p className={row.standing === 'own' ? 'text-quiet' : 'text-worse'}>
                  {words(sayState(row), { since: row.failingSince ?? row.since ?? '' })}
                </p>
              </div>
              {(row.standing !== 'own' || row.failingSince !== null) && <Txt record={row.record} />}
              <div className="flex flex-wrap items-start gap-3">
                <Check row={row} />
                <Remove row={row} />
              </div>
            </li>
          ))}
        </ul>
      )}
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          label={words('domain')}
          name="domain"
          autoComplete="off"
          required
          key={`domain ${state.added}`}
          defaultValue={state.values?.domain}
          hint={words('domainHint')}
          error={errorAt('domain')}
        />
        <Button type="submit" pending={pending}>
          {words('addDomain')}
        </Button>
      </form>
    </div>
  );
}
