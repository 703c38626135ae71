import { checkAll } from '@footfall/core/failure';
import { PING, WEBHOOK_EVENTS, type WebhookEvent } from '@footfall/core/webhook-event';
import { newSecretToken } from '../account/secret-token.ts';
import { controlFailure } from '../errors.ts';
import { isId, newId } from '../id.ts';
import { seal } from '../sealed.ts';
import { type Actor, auditEntry } from './audit.ts';
import { requireFeature, requireRoom } from './limit.ts';
import type { OfTenant, Transaction } from './transaction.ts';

export type WebhookEndpoint = {
  id: string;
  url: string;
  events: readonly string[];
  enabled: boolean;
  /** Since when nothing has arrived; null: the last delivery did. */
  failingSince: Date | null;
  /** Until when the secret before signs, too. */
  previousUntil: Date | null;
  createdAt: Date;
};

export type WebhookDelivery = {
  id: string;
  endpointId: string;
  event: string;
  state: string;
  attempts: number;
  /** Status of the last answer, or what was wrong. */
  outcome: string | null;
  durationMs: number | null;
  createdAt: Date;
  dueAt: Date;
};

type NewWebhook = {
  url: string;
  events: readonly string[];
  /** The installation's, which seals that of the endpoint. */
  installationSecret: string;
  actor: Actor;
};

/** The webhooks of one tenant; see scope.ts. */
export type Webhooks = {
  /**
   * The secret that signs is answered here and never again.
   * @throws Failure `invalid_webhook_url`, `unknown_webhook_event`, `too_many`, `unknown_tenant`
   */
  create(request: NewWebhook): Promise<{ id: string; secret: string }>;
  /** Oldest first. */
  list(): Promise<WebhookEndpoint[]>;
  /** Another secret; the former signs beside it for a day. Throws Failure `unknown_webhook`. */
  rotate(id: string, request: Pick<NewWebhook, 'installationSecret' | 'actor'>): Promise<{ secret: string }>;
  /** Throws Failure `unknown_webhook`. */
  setEnabled(id: string, enabled: boolean, actor: Actor): Promise<void>;
  /** With its deliveries. Answers false when there is no such endpoint. */
  remove(id: string, actor: Actor): Promise<boolean>;
  /** Queues a delivery that says nothing. Throws Failure `unknown_webhook`, `too_many`. */
  ping(id: string, actor: Actor): Promise<void>;
  /** Queues a delivery again, under its id. Throws Failure `unknown_webhook`, `too_many`. */
  resend(deliveryId: string, actor: Actor): Promise<void>;
  /** The latest first, at most 50. */
  deliveries(): Promise<WebhookDelivery[]>;
};

const MAX_URL = 500;
const LISTED = 50;
const PREVIOUS_MS = 24 * 3_600_000;

/** Where deliveries may go is looked at when they are sent: a name can come to mean another address. */
function checkUrl(text: string): string {
  const url = URL.parse(text.trim());
  const isGood = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (isGood && url.href.length <= MAX_URL) return url.href;
  throw controlFailure(
    'invalid_webhook_url',
    'this is not the address of a page, such as https://shop.example/hook',
    {
      where: 'url',
      values: { most: MAX_URL },
    },
  );
}

function checkEvents(events: readonly string[]): WebhookEvent[] {
  const known: readonly string[] = WEBHOOK_EVENTS;
  if (events.length > 0 && events.every((event) => known.includes(event)))
    return [...new Set(events)] as WebhookEvent[];
  throw controlFailure('unknown_webhook_event', `choose some of ${known.join(', ')}`, { where: 'events' });
}

const unknownWebhook = () => controlFailure('unknown_webhook', 'there is no such webhook', { where: 'id' });

const newSecret = () => `whsec_${newSecretToken()}`;

async function createWebhook({ tenantId, run }: OfTenant, request: NewWebhook) {
  const { installationSecret, actor } = request;
  const [url, events] = checkAll(
    () => checkUrl(request.url),
    () => checkEvents(request.events),
  );
  const [id, secret] = [newId('webhook'), newSecret()];
  await run(async (transaction) => {
    const count = () => transaction.webhookEndpoint.count({ where: { tenantId } });
    await requireFeature(transaction, tenantId, { feature: 'webhooks', where: 'url' });
    await requireRoom(transaction, { tenantId, thing: 'webhooks', count });
    const sealedSecret = seal(secret, 'webhook', installationSecret);
    await transaction.webhookEndpoint.create({ data: { id, tenantId, url, events, sealedSecret } });
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'webhook.create', subject: id, details: { url, events } }),
    });
  });
  return { id, secret };
}

/** Runs work on an endpoint that is the tenant's, and tells the audit. */
async function withEndpoint<T>(
  { tenantId, run }: OfTenant,
  { id, action, actor }: { id: string; action: string; actor: Actor },
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  if (!isId(id)) throw unknownWebhook();
  return run(async (transaction) => {
    if ((await transaction.webhookEndpoint.count({ where: { id, tenantId } })) === 0) throw unknownWebhook();
    await transaction.auditEntry.create({ data: auditEntry({ tenantId, actor, action, subject: id }) });
    return work(transaction);
  });
}

async function requireQueueRoom(transaction: Transaction, tenantId: string): Promise<void> {
  const count = () => transaction.webhookDelivery.count({ where: { tenantId, state: 'queued' } });
  await requireRoom(transaction, { tenantId, thing: 'waitingDeliveries', count });
}

async function resend({ tenantId, run }: OfTenant, id: string, actor: Actor): Promise<void> {
  if (!isId(id)) throw unknownWebhook();
  await run(async (transaction) => {
    await requireQueueRoom(transaction, tenantId);
    const { count } = await transaction.webhookDelivery.updateMany({
      where: { id, tenantId, state: { not: 'queued' } },
      data: { state: 'queued', attempts: 0, dueAt: new Date(), heldUntil: null },
    });
    if (count === 0) throw unknownWebhook();
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'webhook.resend', subject: id }),
    });
  });
}

const ENDPOINT = {
  id: true,
  url: true,
  events: true,
  enabled: true,
  failingSince: true,
  previousUntil: true,
  createdAt: true,
} as const;

const DELIVERY = {
  id: true,
  endpointId: true,
  event: true,
  state: true,
  attempts: true,
  outcome: true,
  durationMs: true,
  createdAt: true,
  dueAt: true,
} as const;

/** The repository of one tenant's webhooks. */
export function webhookStore(scope: OfTenant): Webhooks {
  const { tenantId, run } = scope;
  return {
    create: (request) => createWebhook(scope, request),
    list: () =>
      run(({ webhookEndpoint }) =>
        webhookEndpoint.findMany({ where: { tenantId }, select: ENDPOINT, orderBy: { createdAt: 'asc' } }),
      ),
    rotate: (id, { installationSecret, actor }) =>
      withEndpoint(scope, { id, action: 'webhook.rotate', actor }, async ({ webhookEndpoint }) => {
        const secret = newSecret();
        const { sealedSecret } = await webhookEndpoint.findUniqueOrThrow({ where: { id } });
        const data = {
          sealedSecret: seal(secret, 'webhook', installationSecret),
          sealedPrevious: sealedSecret,
          previousUntil: new Date(Date.now() + PREVIOUS_MS),
        };
        await webhookEndpoint.update({ where: { id }, data });
        return { secret };
      }),
    setEnabled: async (id, enabled, actor) => {
      await withEndpoint(scope, { id, action: 'webhook.update', actor }, ({ webhookEndpoint }) =>
        webhookEndpoint.update({ where: { id }, data: { enabled, failingSince: null } }),
      );
    },
    remove: async (id, actor) => {
      const gone = withEndpoint(scope, { id, action: 'webhook.remove', actor }, ({ webhookEndpoint }) =>
        webhookEndpoint.delete({ where: { id } }),
      );
      return gone.then(
        () => true,
        (error: unknown) => {
          if ((error as { code?: unknown }).code === 'unknown_webhook') return false;
          throw error;
        },
      );
    },
    ping: (id, actor) =>
      withEndpoint(scope, { id, action: 'webhook.ping', actor }, async (transaction) => {
        await requireQueueRoom(transaction, tenantId);
        const own = newId('delivery');
        await transaction.webhookDelivery.create({
          data: { id: own, tenantId, endpointId: id, event: PING, dedupeKey: own, data: {} },
        });
      }),
    resend: (id, actor) => resend(scope, id, actor),
    deliveries: () =>
      run(({ webhookDelivery }) =>
        webhookDelivery.findMany({
          where: { tenantId },
          select: DELIVERY,
          orderBy: { createdAt: 'desc' },
          take: LISTED,
        }),
      ),
  };
}
