'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { addDomain, checkFurtherDomain, removeDomain } from './further-domain-actions.ts';

/** A domain as it is kept, and as people write it; with the days on which it was first seen and proven, as the reader writes them. */
export type DomainRow = {
  domain: string;
  shown: string;
  seen: string | null;
  proven: string | null;
  record: { name: string; value: string };
};

type Props = { siteId: string };

/** Whether pages of a domain send, and whether it says itself that it is the site's; and looking again. */
function DomainProof({ siteId, row: { domain, shown, seen, proven, record } }: Props & { row: DomainRow }) {
  const [state, action, pending] = useActionState(checkFurtherDomain, {});
  const words = useWords('furtherDomains');
  const { general } = useFormErrors(state, []);
  return (
    <form action={action} className="space-y-2">
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="domain" value={domain} />
      <ul className="list-disc pl-5 text-quiet">
        <li>{seen === null ? words('waiting') : words('seen', { day: seen })}</li>
        <li>{proven === null ? words('notProven') : words('proven', { day: proven })}</li>
      </ul>
      {proven === null && <p className="text-quiet wrap-anywhere">{words('recordHint', record)}</p>}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" pending={pending} aria-label={words('checkNamed', { domain: shown })}>
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

function FurtherDomain({ siteId, row }: Props & { row: DomainRow }) {
  const { domain, shown } = row;
  const [state, action, pending] = useActionState(removeDomain, {});
  const words = useWords('furtherDomains');
  const { general } = useFormErrors(state, []);
  return (
    <li className="space-y-2 py-2">
      {general !== undefined && <ErrorNotice message={general} />}
      <form action={action} className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <input type="hidden" name="site" value={siteId} />
        <input type="hidden" name="domain" value={domain} />
        <span className="min-w-0 flex-1 wrap-anywhere">{shown}</span>
        <Button
          type="submit"
          variant="danger"
          pending={pending}
          aria-label={words('removeNamed', { domain: shown })}
        >
          {words('remove')}
        </Button>
      </form>
      <DomainProof siteId={siteId} row={row} />
    </li>
  );
}

/** The domains that are the site's own beside its first, and adding one. */
export function FurtherDomains({ siteId, rows }: Props & { rows: readonly DomainRow[] }) {
  const [state, action, pending] = useActionState(addDomain, {});
  const form = useErrorFocus(state);
  const words = useWords('furtherDomains');
  const { errorAt, general } = useFormErrors(state, ['domain']);
  return (
    <div className="space-y-5">
      {rows.length === 0 ? (
        <p className="text-quiet">{words('none')}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {rows.map((row) => (
            <FurtherDomain key={row.domain} siteId={siteId} row={row} />
          ))}
        </ul>
      )}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && <ErrorNotice message={general} />}
        <input type="hidden" name="site" value={siteId} />
        <Field
          label={words('domain')}
          name="domain"
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          defaultValue={state.values?.domain}
          hint={words('hint')}
          error={errorAt('domain')}
        />
        <Button type="submit" pending={pending}>
          {words('add')}
        </Button>
      </form>
    </div>
  );
}
