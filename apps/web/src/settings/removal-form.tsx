'use client';

import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
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
  const form = useForm(requestRemoval, ['receivedFrom', 'receivedTo']);
  const words = useWords('removal');
  const { values } = form.state;
  const time = { type: 'datetime-local', required: true, max: start.latest, step: 60 } as const;
  return (
    <Form of={form}>
      <input type="hidden" name="site" value={siteId} />
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        <Field
          label={words('from')}
          name="from"
          defaultValue={values?.from ?? start.from}
          error={form.errorAt('receivedFrom')}
          {...time}
        />
        <Field
          label={words('to')}
          name="to"
          defaultValue={values?.to ?? start.to}
          error={form.errorAt('receivedTo')}
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
      <Button type="submit" variant="primary" pending={form.pending}>
        {words('look')}
      </Button>
    </Form>
  );
}
