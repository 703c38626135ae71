'use client';

import { useActionState } from 'react';
import type { FormState } from '#access/form-state.ts';
import { ProofForm } from '#account/proof-form.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';
import { useFormErrors } from '#words/form-errors.ts';
import { useWords } from '#words/use-words.ts';
import {
  pingWebhook,
  removeWebhook,
  resendDelivery,
  rotateWebhook,
  switchWebhook,
} from './webhook-actions.ts';
import { ShownSecret } from './webhook-form.tsx';

/** A webhook as the list shows it. */
export type WebhookRow = {
  id: string;
  url: string;
  events: readonly string[];
  enabled: boolean;
  facts: readonly string[];
};

/** A delivery as the log shows it. */
export type DeliveryRow = {
  id: string;
  event: string;
  url: string;
  state: string;
  facts: readonly string[];
  canResend: boolean;
};

type Press = {
  id: string;
  label: string;
  name: string;
  action: (state: FormState, form: FormData) => Promise<FormState & { secret?: string }>;
  fields?: Readonly<Record<string, string>>;
};

/** A button that is a form of its own, and says below what was wrong. */
function Press({ id, label, name, action, fields = {} }: Press) {
  const [state, send, pending] = useActionState(action, {} as FormState & { secret?: string });
  const { general } = useFormErrors(state, []);
  const needsProof = state.error?.code === 'proof_needed';
  return (
    <div className="space-y-2">
      <form action={send}>
        <input type="hidden" name="id" value={id} />
        {Object.entries(fields).map(([field, value]) => (
          <input key={field} type="hidden" name={field} value={value} />
        ))}
        <Button type="submit" pending={pending} aria-label={`${label}: ${name}`}>
          {label}
        </Button>
      </form>
      {needsProof && <ProofForm />}
      {general !== undefined && !needsProof && <ErrorNotice message={general} />}
      {state.secret !== undefined && <ShownSecret secret={state.secret} />}
    </div>
  );
}

/** The webhooks of the team, oldest first. */
export function WebhookList({ webhooks }: { webhooks: readonly WebhookRow[] }) {
  const words = useWords('webhooks');
  if (webhooks.length === 0) return <p className="text-quiet">{words('none')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {webhooks.map(({ id, url, events, enabled, facts }) => (
        <li key={id} className="space-y-2 py-3">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <code className="font-mono text-xs wrap-anywhere">{url}</code>
            {!enabled && <Badge>{words('off')}</Badge>}
          </p>
          <p className="text-quiet wrap-anywhere">{[events.join(', '), ...facts].join(' · ')}</p>
          <div className="flex flex-wrap gap-2">
            <Press id={id} name={url} label={words('test')} action={pingWebhook} />
            <Press id={id} name={url} label={words('rotate')} action={rotateWebhook} />
            <Press
              id={id}
              name={url}
              label={words(enabled ? 'switchOff' : 'switchOn')}
              action={switchWebhook}
              fields={{ to: enabled ? 'off' : 'on' }}
            />
            <form action={removeWebhook}>
              <input type="hidden" name="id" value={id} />
              <Button type="submit" variant="danger" aria-label={`${words('remove')}: ${url}`}>
                {words('remove')}
              </Button>
            </form>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What was delivered lately, and what became of it. */
export function DeliveryLog({ deliveries }: { deliveries: readonly DeliveryRow[] }) {
  const words = useWords('webhooks');
  if (deliveries.length === 0) return <p className="text-quiet">{words('noDeliveries')}</p>;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {deliveries.map(({ id, event, url, state, facts, canResend }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2">
          <div className="min-w-0 flex-1 basis-60">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <code className="font-mono text-xs">{event}</code>
              <Badge>{state}</Badge>
            </p>
            <p className="text-quiet tabular-nums wrap-anywhere">{[...facts, url].join(' · ')}</p>
          </div>
          {canResend && <Press id={id} name={id} label={words('resend')} action={resendDelivery} />}
        </li>
      ))}
    </ul>
  );
}
