'use client';

import { WEBHOOK_EVENTS } from '@footfall/core/webhook-event';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { createWebhook } from './webhook-actions.ts';

/** The secret that signs, the one time that it is shown. */
export function ShownSecret({ secret }: { secret: string }) {
  const words = useWords('webhooks');
  return (
    <div role="status" className="space-y-3 rounded-md border border-line bg-sunken p-4">
      <p className="font-medium">{words('copyNow')}</p>
      <p className="font-mono text-xs wrap-anywhere">{secret}</p>
      <CopyButton text={secret} label={words('copy')} />
    </div>
  );
}

/** Adds a webhook: its address, and what it is told. */
export function WebhookForm() {
  const words = useWords('webhooks');
  const form = useForm(createWebhook, ['url', 'events']);
  const eventsError = form.errorAt('events');
  return (
    <div className="space-y-4">
      {form.state.secret !== undefined && <ShownSecret secret={form.state.secret} />}
      {form.needsProof && <ProofForm />}
      <Form of={form}>
        <Field
          key={form.state.secret ?? ''}
          label={words('url')}
          {...form.field('url')}
          type="url"
          autoComplete="off"
          required
          hint={words('urlHint')}
        />
        <fieldset className="space-y-1" key={`events ${form.state.ticked?.events}`}>
          <legend className="font-medium">{words('events')}</legend>
          {WEBHOOK_EVENTS.map((event) => (
            <label key={event} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
              <input
                type="checkbox"
                name="events"
                value={event}
                defaultChecked={form.isTicked('events', event, true)}
                className="size-4 accent-accent"
              />
              <span>
                {words(`says.${event.replace('.', '_') as 'site_silent'}`)}{' '}
                <code className="font-mono text-xs">{event}</code>
              </span>
            </label>
          ))}
          {eventsError !== undefined && <p className="text-worse">{eventsError}</p>}
        </fieldset>
        <Button type="submit" variant="primary" pending={form.pending}>
          {words('add')}
        </Button>
      </Form>
    </div>
  );
}
