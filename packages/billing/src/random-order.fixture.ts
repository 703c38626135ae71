import { randomUUID } from 'node:crypto';
import { type Entitlement, GRACE_MS } from '@footfall/core/billing/entitlement';
import { readEntitlement } from '@footfall/db/billing/entitlement';
import type { ControlPlane } from '@footfall/db/control-plane.fixture';
import type { Pool } from '@footfall/postgres/pool';
import fc from 'fast-check';
import { expect } from 'vitest';
import { openCheckout } from './checkout.ts';
import { createFallible, type Fallible, type Interruption } from './fallible.fixture.ts';
import type { BillingGateway } from './gateway.ts';
import { handleEvents, noteEvent } from './inbox.ts';
import { syncStale } from './stale.ts';
import type { CardName } from './stripe/simulator/card.fixture.ts';
import { seededChoose } from './stripe/simulator/delivery.fixture.ts';
import { startStripe } from './stripe/simulator/simulator.fixture.ts';
import { DAY_S, type SimulatedSubscription, type StripeSimulator } from './stripe/simulator/state.fixture.ts';
import { stripeGateway } from './stripe/stripe-gateway.ts';
import { type SyncOptions, settleTenant } from './sync.ts';

/** What somebody does, or what happens; `at` chooses among what there is. */
export type Command =
  | { does: 'begin'; price: string; locale: string; interruption: Interruption | null }
  | { does: 'begin twice'; price: string; interruption: Interruption | null }
  | { does: 'open by hand' }
  | { does: 'pay'; at: number; card: CardName }
  | { does: 'come back'; interruption: Interruption | null }
  | { does: 'cancel' | 'take back' }
  | { does: 'change card'; card: CardName }
  | { does: 'pay invoice' }
  | { does: 'handle events'; interruption: Interruption | null }
  | { does: 'deliver late events' }
  | { does: 'sync all'; interruption: Interruption | null }
  | { does: 'wait'; days: number };

const interruption = fc.option(
  fc.record({
    afterStep: fc.integer({ min: 1, max: 16 }),
    happens: fc.constantFrom<'crash' | 'payment'>('crash', 'crash', 'payment'),
  }),
  { nil: null, freq: 2 },
);
const price = fc.constantFrom('p_month', 'p_year');
const locale = fc.constantFrom('en', 'de');
const card = fc.constantFrom<CardName>('works', 'works', 'authenticates', 'expires');

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('begin' as const), price, locale, interruption }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('begin twice' as const), price, interruption }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('open by hand' as const) }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('pay' as const), at: fc.nat({ max: 9 }), card }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('come back' as const), interruption }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom('cancel' as const, 'take back' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('change card' as const), card }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pay invoice' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('handle events' as const), interruption }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('deliver late events' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('sync all' as const), interruption }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 0, max: 40 }) }),
  },
);

/** A life: what happens, and how events come. */
export const lives = fc.record({
  seed: fc.option(fc.nat(), { nil: null, freq: 9 }),
  commands: fc.array(command, { minLength: 2, maxLength: 25 }),
});
/** `seed`: how events come; null: none does. */
export type Life = { seed: number | null; commands: readonly Command[] };

const OVER = ['canceled', 'incomplete_expired', 'incomplete'];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type World = {
  tenantId: string;
  stripe: StripeSimulator;
  gateway: BillingGateway;
  options: SyncOptions;
  fallible: Fallible;
  portal: Pool;
  scheduler: Pool;
  /** Pages that somebody has open in a tab. */
  tabs: string[];
};

const customersIn = ({ stripe, tenantId }: World) =>
  [...stripe.customers.values()].filter(({ metadata }) => metadata.tenant_id === tenantId);

function liveIn(world: World): SimulatedSubscription[] {
  const own = new Set(customersIn(world).map(({ id }) => id));
  return [...world.stripe.subscriptions.values()].filter(
    ({ customer, status }) => own.has(customer) && !OVER.includes(status),
  );
}

const urls = { successUrl: 'https://a.example/{CHECKOUT_SESSION_ID}', cancelUrl: 'https://a.example' };

/** Refusals that are answers: there is a subscription already. */
async function begin(world: World, priceId: string, who: string): Promise<string | null> {
  const more = { tenantId: world.tenantId, tenantName: 'Kiln', email: `${who}@kiln.example`, locale: who };
  try {
    const page = await openCheckout(
      world.fallible.wrap(world.portal),
      { ...more, priceId, ...urls },
      world.options,
    );
    world.tabs.push(page.id);
    return page.id;
  } catch (error) {
    if ((error as { code?: string }).code === 'already_subscribed') return null;
    throw error;
  }
}

type Do<Kind extends Command['does']> = (world: World, command: Extract<Command, { does: Kind }>) => unknown;

function pay({ stripe, tabs }: World, at: number, chosen: CardName): void {
  const open = tabs.filter((id) => stripe.sessions.get(id)?.status === 'open');
  const page = open[at % Math.max(open.length, 1)];
  if (page !== undefined) stripe.pay(page, chosen);
}

const DEEDS: { readonly [Kind in Command['does']]: Do<Kind> } = {
  begin: (world, { price: priceId, locale: who, interruption: cut }) =>
    world.fallible.run(cut, async () => {
      const page = await begin(world, priceId, who);
      if (page !== null)
        expect(world.stripe.sessions.get(page)?.status, 'the page that was opened').not.toBe('expired');
    }),
  'begin twice': (world, { price: priceId, interruption: cut }) =>
    world.fallible.run(cut, () => Promise.all([begin(world, priceId, 'en'), begin(world, 'p_month', 'de')])),
  'open by hand': async (world) => {
    const { stripe, gateway, tenantId, tabs } = world;
    const { rows } = await world.scheduler.query<{ customerId: string | null }>(
      'SELECT customer_id AS "customerId" FROM billing_account WHERE tenant_id = $1',
      [tenantId],
    );
    const customerId = rows[0]?.customerId ?? null;
    if (customerId === null) return;
    const page = { customerId, tenantId, priceId: 'price_month', locale: 'en', ...urls };
    tabs.push((await gateway.createCheckout(page, `by-hand-${stripe.sessions.size}`)).id);
  },
  pay: (world, { at, card: chosen }) => pay(world, at, chosen),
  'come back': ({ fallible, portal, tenantId, options }, { interruption: cut }) =>
    fallible.run(cut, () => settleTenant(fallible.wrap(portal), tenantId, options)),
  cancel: (world) => {
    for (const one of liveIn(world)) one.cancel_at_period_end = true;
  },
  'take back': (world) => {
    for (const one of liveIn(world)) one.cancel_at_period_end = false;
  },
  'change card': (world, { card: chosen }) => {
    for (const customer of customersIn(world)) customer.card = chosen;
  },
  'pay invoice': async ({ stripe, tenantId, ...world }) => {
    const own = customersIn({ stripe, tenantId, ...world }).map(({ id }) => id);
    for (const { id, customer, status } of stripe.invoices.values()) {
      if (!own.includes(customer) || status !== 'open') continue;
      const body = new URLSearchParams({ card: '4242424242424242' });
      await fetch(`${stripe.url}/invoice/${id}`, { method: 'POST', body });
    }
  },
  'handle events': ({ fallible, scheduler, options }, { interruption: cut }) =>
    fallible.run(cut, () => handleEvents(fallible.wrap(scheduler), options)),
  'deliver late events': ({ stripe }) => stripe.deliverLate(),
  'sync all': ({ fallible, scheduler, options }, { interruption: cut }) =>
    fallible.run(cut, () => syncStale(fallible.wrap(scheduler), options)),
  wait: ({ stripe }, { days }) => stripe.advance(stripe.now() + days * DAY_S),
};

async function enter(
  plane: ControlPlane,
  seed: number | null,
  services: { portal: Pool; scheduler: Pool },
): Promise<World> {
  const tenantId = `t_${randomUUID()}`;
  // Without an owner: a password costs as much as a life.
  await plane.pool.query(`INSERT INTO tenant (id, name) VALUES ($1, 'Kiln')`, [tenantId]);
  const stripe = await startStripe();
  const { secretKey, webhookSecret, url } = stripe;
  const gateway = stripeGateway({ secretKey, webhookSecret, apiBase: url });
  const options = { gateway, log: silent, now: () => stripe.now() * 1_000 };
  const tabs: string[] = [];
  const fallible = createFallible(stripe, () => {
    const open = tabs.findLast((id) => stripe.sessions.get(id)?.status === 'open');
    if (open !== undefined) stripe.pay(open);
  });
  stripe.deliverTo(
    async (body, signature) => {
      await noteEvent(services.portal, gateway.verifyEvent(Buffer.from(body), signature));
    },
    seed === null ? () => 'dropped' : seededChoose(seed),
  );
  return { tenantId, stripe, gateway, options, fallible, tabs, ...services };
}

/** All that was lost comes to light: what waits is handled, and the chore of the hour runs. */
async function settle(world: World, plane: ControlPlane): Promise<void> {
  const { stripe, scheduler, options } = world;
  await stripe.delivered();
  await plane.pool.query('UPDATE payment_event SET due_at = now() WHERE handled_at IS NULL');
  while ((await handleEvents(scheduler, options)) > 0);
  await plane.pool.query('UPDATE billing_account SET synced_at = NULL WHERE tenant_id = $1', [
    world.tenantId,
  ]);
  await syncStale(scheduler, options);
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  active: ['active'],
  trialing: ['trial'],
  past_due: ['grace', 'restricted'],
  unpaid: ['grace', 'restricted'],
  paused: ['restricted'],
};

function expectEntitlement(entitlement: Entitlement, winner: SimulatedSubscription | undefined): void {
  if (winner === undefined) {
    expect(entitlement.state).toBe('free');
    return;
  }
  const isEnding = winner.cancel_at_period_end && winner.status === 'active';
  expect(isEnding ? ['ending'] : EXPECTED[winner.status], winner.status).toContain(entitlement.state);
  expect(entitlement.plan).toBe(winner.price === 'price_year' ? 'yearly-v1' : 'monthly-v1');
}

/** Money that was taken for a subscription beside another is back, and no other. */
function expectPaidBack({ stripe }: World): void {
  const undone = new Set(
    stripe.changes.flatMap((change) => /^DELETE \/v1\/subscriptions\/(\w+)$/.exec(change)?.[1] ?? []),
  );
  const kept = [...stripe.subscriptions.values()].filter(({ id }) => !undone.has(id));
  const since = Math.min(...kept.map(({ created }) => created));
  for (const { id, invoice, amount, refunded, created } of stripe.payments.values()) {
    const isUndone = undone.has(stripe.invoices.get(invoice)?.subscription ?? '');
    if (!isUndone) expect(refunded, `of ${id}`).toBe(0);
    else if (created >= since) expect(refunded, `of ${id}`).toBe(amount);
  }
}

/** No grace ends before a payment has failed for two weeks. */
function expectGrace(
  { stripe }: World,
  { state }: Entitlement,
  winner: SimulatedSubscription | undefined,
): void {
  if (state !== 'restricted' || winner === undefined || winner.status === 'paused') return;
  const failed = [...stripe.invoices.values()].filter(
    ({ subscription, status }) => subscription === winner.id && status === 'open',
  );
  const since = Math.min(...failed.map(({ created }) => created));
  expect((stripe.now() - since) * 1_000).toBeGreaterThanOrEqual(GRACE_MS);
}

/** Lives a life, and holds its end against what the stand-in knows. */
export async function live(
  plane: ControlPlane,
  services: { portal: Pool; scheduler: Pool },
  { seed, commands }: Life,
): Promise<void> {
  const world = await enter(plane, seed, services);
  try {
    for (const each of commands) {
      await (DEEDS[each.does] as (world: World, command: Command) => unknown)(world, each);
      await world.stripe.delivered();
    }
    await settle(world, plane);
    const all = liveIn(world);
    expect(all.length, 'live subscriptions').toBeLessThanOrEqual(1);
    const [winner] = all;
    const entitlement = await readEntitlement(plane.pool, world.tenantId, world.stripe.now() * 1_000);
    expectEntitlement(entitlement, winner);
    expectGrace(world, entitlement, winner);
    expectPaidBack(world);
  } finally {
    await world.stripe.close();
  }
}

/** The plans that are for sale in these lives. */
export async function sellPlans({ pool }: ControlPlane): Promise<void> {
  await pool.query(
    `INSERT INTO plan (name, family, version, state, title) VALUES ('monthly-v1', 'monthly', 1, 'published', 'Monthly'), ('yearly-v1', 'yearly', 1, 'published', 'Yearly')`,
  );
  await pool.query(
    `INSERT INTO plan_price VALUES ('p_month', 'monthly-v1', 'EUR', 'month', 900, 'price_month'), ('p_year', 'yearly-v1', 'EUR', 'year', 9000, 'price_year')`,
  );
}
