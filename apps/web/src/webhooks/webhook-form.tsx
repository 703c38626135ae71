'use client';

import { WEBHOOK_EVENTS } from '@footfall/core/webhook-event';
import { useActionState } from 'react';
import { ProofForm } from '#account/proof-form.tsx';
import { Button } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Field } from '#ui/field.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useErrorFocus } from '#ui/use-error-focus.ts';
import { useFormErrors } from '#words/form-errors.ts';
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
  const [state, action, pending] = useActionState(createWebhook, {});
  const form = useErrorFocus(state);
  const { errorAt, general } = useFormErrors(state, ['url', 'events']);
  const needsProof = state.error?.code === 'proof_needed';
  const eventsError = errorAt('events');
  return (
    <div className="space-y-4">
      {state.secret !== undefined && <ShownSecret secret={state.secret} />}
      {needsProof && <ProofForm />}
      <form ref={form} action={action} className="space-y-4" noValidate>
        {general !== undefined && !needsProof && <ErrorNotice message={general} />}
        <Field
          key={state.secret ?? ''}
          label={words('url')}
          name="url"
          type="url"
          autoComplete="off"
          required
          hint={words('urlHint')}
          defaultValue={state.values?.url}
          error={errorAt('url')}
        />
        <fieldset className="space-y-1">
          <legend className="font-medium">{words('events')}</legend>
          {WEBHOOK_EVENTS.map((event) => (
            <label key={event} className="flex min-h-11 cursor-pointer items-center gap-2 sm:min-h-9">
              <input
                type="checkbox"
                name="events"
                value={event}
                defaultChecked
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
        <Button type="submit" variant="primary" pending={pending}>
          {words('add')}
        </Button>
      </form>
    </div>
  );
}
