'use client';

import { useActionState, useId } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { TypedField } from '#ui/typed-field.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { cancelRemoval, confirmRemoval } from './removal-actions.ts';

type Props = { siteId: string; id: string; domain: string };

/** Leaves everything as it is. */
export function CancelRemoval({ siteId, id, label }: Omit<Props, 'domain'> & { label: string }) {
  const [state, action, pending] = useActionState(cancelRemoval, {});
  const { general } = useFormErrors(state, []);
  return (
    <form action={action}>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="id" value={id} />
      <Button type="submit" pending={pending}>
        {label}
      </Button>
    </form>
  );
}

/** What cannot be taken back is done by whoever types the domain of the site. */
export function ConfirmRemoval({ siteId, id, domain, count }: Props & { count: string }) {
  const [state, action, pending] = useActionState(confirmRemoval, {});
  const form = useErrorFocus(state);
  const formId = useId();
  const words = useWords('removal');
  const { errorAt, general } = useFormErrors(state, ['domain']);
  return (
    <div className="space-y-3">
      <form ref={form} id={formId} action={action} className="space-y-4" noValidate>
        {general !== undefined && <ErrorNotice message={general} />}
        <input type="hidden" name="site" value={siteId} />
        <input type="hidden" name="id" value={id} />
        <TypedField
          label={words('typeDomain', { domain })}
          name="domain"
          defaultValue={state.values?.domain}
          hint={words('forGood')}
          error={errorAt('domain')}
        />
      </form>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" form={formId} variant="danger" pending={pending}>
          {words('remove', { count })}
        </Button>
        <CancelRemoval siteId={siteId} id={id} label={words('keep')} />
      </div>
    </div>
  );
}
