import { unseal } from '@footfall/db/sealed';
import {
  type DueDelivery,
  finishDelivery,
  OFF_AFTER_DAYS,
  ownersToTell,
  type Tried,
  takeDueDeliveries,
} from '@footfall/db/webhook/outgoing';
import { SIGNATURE_HEADER, webhookSignature } from '@footfall/db/webhook/signature';
import { queueMail } from '@footfall/mail/queue';
import { mailLocale } from '@footfall/mail/words';
import type { OutboundFetch } from '@footfall/outbound/fetch';
import type { Pool } from '@footfall/postgres/pool';
import type { Logger } from '@footfall/service/logger';
import { every } from '@footfall/timing/every';
import { throttledLog } from '@footfall/timing/throttled-log';

/** Between two looks for deliveries, milliseconds. */
const PAUSE_MS = 2_000;
/** Deliveries that are tried at once, one of each endpoint: one that is slow holds one place, for five seconds. */
const AT_ONCE = 20;
/** Nobody reads the answer. */
const MAX_ANSWER = 4_096;

export type WebhookOptions = {
  /** The installation's, which seals those of endpoints. */
  secret: string;
  outbound: OutboundFetch;
  log: Pick<Logger, 'warn'>;
  /** The portal's address, for the mail that tells of an endpoint which was switched off. */
  webUrl: string;
  /** Epoch milliseconds, by the time of day. */
  now: () => number;
  pauseMs?: number;
};

/** The body of a delivery: the same on each try, but for nothing. */
const deliveryBody = ({ id, event, createdAt, data }: DueDelivery) =>
  JSON.stringify({ id, type: event, created: createdAt.toISOString(), data });

function buildHeaders(due: DueDelivery, body: string, { secret, now }: WebhookOptions) {
  const sealed = [due.sealedSecret, ...(due.sealedPrevious === null ? [] : [due.sealedPrevious])];
  const secrets = sealed.map((one) => unseal(one, 'webhook', secret));
  return {
    'content-type': 'application/json',
    'footfall-delivery': due.id,
    [SIGNATURE_HEADER]: webhookSignature(body, secrets, Math.floor(now() / 1_000)),
  };
}

/** Sends one delivery; a redirect is an answer like every other, and not followed. */
async function tryDelivery(due: DueDelivery, options: WebhookOptions): Promise<Tried> {
  const began = performance.now();
  const finish = (arrived: boolean, outcome: string): Tried => ({
    arrived,
    outcome,
    durationMs: Math.round(performance.now() - began),
  });
  try {
    const body = deliveryBody(due);
    const { status } = await options.outbound({
      url: due.url,
      owner: due.tenantId,
      method: 'POST',
      headers: buildHeaders(due, body, options),
      body,
      maxBytes: MAX_ANSWER,
      tooLong: 'cut',
    });
    return finish(status >= 200 && status < 300, String(status));
  } catch (error) {
    // Of a failure that is ours, such as a secret that cannot be opened, the tenant reads no more than that.
    const { code } = error as { code?: unknown };
    return finish(false, typeof code === 'string' && /^[a-z_]+$/.test(code) ? code : 'internal');
  }
}

/** Tells the owners that an endpoint was switched off; of its address the host alone, since paths may hold secrets. */
async function tellOwners(pool: Pool, due: DueDelivery, options: WebhookOptions): Promise<void> {
  const facts = { host: new URL(due.url).host, days: String(OFF_AFTER_DAYS) };
  for (const { email, locale } of await ownersToTell(pool, due.tenantId))
    await queueMail(pool, options, {
      to: email,
      locale: mailLocale(locale),
      aboutTenant: due.tenantId,
      // Once a time that it is switched off, whoever of the schedulers was cut off.
      dedupeKey: `${email} ${due.id} ${due.attempts}`,
      template: 'webhook_off',
      facts,
    });
}

/**
 * Delivers webhooks as they become due, until it is stopped; with other schedulers on the same database, each delivery by one of them. A delivery
 * arrives at least once: whoever is killed after it arrived has it come again, under the same id.
 */
export function startWebhooks(pool: Pool, options: WebhookOptions): { stop(): Promise<void> } {
  const inHand = new Set<Promise<void>>();
  const onError = throttledLog<unknown>((err, leftOut) =>
    options.log.warn({ err, leftOut }, 'webhooks wait for the database'),
  );
  const deliver = async (due: DueDelivery) => {
    const isOff = await finishDelivery(pool, due, await tryDelivery(due, options));
    if (!isOff) return;
    options.log.warn({ endpoint: due.endpointId }, 'nothing arrives at a webhook for days: it is off');
    await tellOwners(pool, due, options);
  };
  const rounds = every(
    options.pauseMs ?? PAUSE_MS,
    async () => {
      const room = AT_ONCE - inHand.size;
      if (room === 0) return;
      for (const due of await takeDueDeliveries(pool, room)) {
        const trying = deliver(due)
          .catch((error: unknown) => onError('database', error))
          .finally(() => inHand.delete(trying));
        inHand.add(trying);
      }
    },
    (error) => onError('database', error),
  );
  return {
    stop: async () => {
      await rounds.stop();
      await Promise.all(inHand);
    },
  };
}
