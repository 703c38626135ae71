'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import { requestRemoval } from './removal-actions.ts';

/** Somebody who may have sent events: what the store calls it, and what people do. */
export type SenderChoice = { sender: string; label: string };

type Props = {
  siteId: string;
  senders: readonly SenderChoice[];
  /** `2026-01-31T10:15`, by the clock of the shop. */
  start: { from: string; to: string; latest: string };
  timezone: string;
};

/** Which events are meant: when they were received, and from whom. Asks for a look at them, and changes nothing. */
export function RemovalForm({ siteId, senders, start, timezone }: Props) {
  const [state, action, pending] = useActionState(requestRemoval, {});
  const form = useErrorFocus(state);
  const words = useWords('removal');
  const { errorAt, general } = useFormErrors(state, ['receivedFrom', 'receivedTo']);
  const { values } = state;
  const time = { type: 'datetime-local', required: true, max: start.latest, step: 60 } as const;
  return (
    <form ref={form} action={action} className="space-y-4" noValidate>
      {general !== undefined && <ErrorNotice message={general} />}
      <input type="hidden" name="site" value={siteId} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field
          label={words('from')}
          name="from"
          defaultValue={values?.from ?? start.from}
          error={errorAt('receivedFrom')}
          {...time}
        />
        <Field
          label={words('to')}
          name="to"
          defaultValue={values?.to ?? start.to}
          error={errorAt('receivedTo')}
          {...time}
        />
      </div>
      <p className="text-quiet">{words('clock', { timezone: timezone.replaceAll('_', ' ') })}</p>
      <SelectField label={words('sender')} name="sender" defaultValue={values?.sender ?? ''}>
        <option value="">{words('anySender')}</option>
        {senders.map(({ sender, label }) => (
          <option key={sender} value={sender}>
            {label}
          </option>
        ))}
      </SelectField>
      <Button type="submit" variant="primary" pending={pending}>
        {words('look')}
      </Button>
    </form>
  );
}
