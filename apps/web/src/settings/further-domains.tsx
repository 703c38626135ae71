'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { addDomain, removeDomain } from './further-domain-actions.ts';

/** A domain as it is kept, and as people write it. */
export type DomainRow = { domain: string; shown: string };

type Props = { siteId: string };

function FurtherDomain({ siteId, row: { domain, shown } }: Props & { row: DomainRow }) {
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
