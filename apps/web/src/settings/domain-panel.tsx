'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { checkDomain } from './domain-actions.ts';

type Props = {
  siteId: string;
  domain: string;
  standing: 'sole' | 'owner' | 'other' | 'open';
  /** With the day since when, as the reader writes it. */
  proofs: readonly { kind: 'dns' | 'snippet' | 'events'; since: string }[];
  record: { name: string; value: string };
};

/** Whose the site's domain is, what proves it, and how to prove it. Says of other accounts that they named it, and nothing else. */
export function DomainPanel({ siteId, domain, standing, proofs, record }: Props) {
  const [state, action, pending] = useActionState(checkDomain, {});
  const words = useWords('domain');
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-4 pt-2">
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <p className={standing === 'open' || standing === 'other' ? 'font-medium' : 'text-quiet'}>
        {words(standing, { domain })}
      </p>
      <ul className="list-disc pl-5">
        {proofs.map(({ kind, since }) => (
          <li key={kind}>{words(`proof_${kind}`, { since })}</li>
        ))}
        {proofs.length === 0 && <li>{words('noProof')}</li>}
      </ul>
      <p className="text-quiet">{words('how')}</p>
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
      <div className="flex flex-wrap items-center gap-4">
        <CopyButton text={record.value} label={words('copyRecord')} />
        <Button type="submit" pending={pending}>
          {words('check')}
        </Button>
        {state.saved && (
          <p role="status" className="text-quiet">
            {words('checked')}
          </p>
        )}
      </div>
    </form>
  );
}
