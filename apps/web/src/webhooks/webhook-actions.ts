'use server';

import { z } from 'zod';
import { buttonAction, formAction } from '#access/action.ts';
import { text, texts } from '#access/form.ts';
import { installationSecret } from '#access/installation-secret.ts';

/** Adds an address that is told what happens. The secret that signs stands in this answer, and never again. */
export const createWebhook = formAction('webhooks/webhook-actions.createWebhook', {
  schema: z.strictObject({ url: text(), events: texts() }),
  run: async ({ input, member: { tenant }, actor }) => {
    const { secret } = await tenant.webhooks.create({
      ...input,
      installationSecret: installationSecret(),
      actor,
    });
    return { secret };
  },
});

/** Gives a webhook another secret; the former signs beside it for a day. */
export const rotateWebhook = formAction('webhooks/webhook-actions.rotateWebhook', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) =>
    tenant.webhooks.rotate(id, { installationSecret: installationSecret(), actor }),
});

/** Queues a delivery that says nothing. */
export const pingWebhook = formAction('webhooks/webhook-actions.pingWebhook', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) => {
    await tenant.webhooks.ping(id, actor);
    return { queued: true };
  },
});

/** Queues a delivery again, under its id. */
export const resendDelivery = formAction('webhooks/webhook-actions.resendDelivery', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) => {
    await tenant.webhooks.resend(id, actor);
    return { queued: true };
  },
});

/** Switches a webhook off, or on again. */
export const switchWebhook = formAction('webhooks/webhook-actions.switchWebhook', {
  schema: z.strictObject({ id: text(), to: z.enum(['on', 'off']) }),
  run: async ({ input: { id, to }, member: { tenant }, actor }) => {
    await tenant.webhooks.setEnabled(id, to === 'on', actor);
    return {};
  },
});

/** Removes a webhook, with what is known of its deliveries. */
export const removeWebhook = buttonAction('webhooks/webhook-actions.removeWebhook', {
  schema: z.strictObject({ id: text() }),
  run: async ({ input: { id }, member: { tenant }, actor }) => {
    await tenant.webhooks.remove(id, actor);
  },
});
