import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { countMoved, listLeft, listMoves } from '@footfall/db/staff/moves';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BillingGateway } from '../gateway.ts';
import { startStripe } from '../stripe/simulator/simulator.fixture.ts';
import type { SimulatedSubscription, StripeSimulator } from '../stripe/simulator/state.fixture.ts';
import { stripeGateway } from '../stripe/stripe-gateway.ts';
import { stripeMoves } from '../stripe/stripe-moves.ts';
import { syncTenant } from '../sync.ts';
import { carryOutMoves, type MoveOptions } from './carry-out.ts';
import { changeMove, type NewMove, startMove } from './move.ts';
import type { MoveGateway } from './move-gateway.ts';
import { previewMove } from './preview.ts';

const DAY_MS = 24 * 3_600_000;
const actor = { id: 'user_b', address: '192.0.2.1' };
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

let plane: ControlPlane;
let stripe: StripeSimulator;
let gateway: BillingGateway;
let moves: MoveGateway;
let staff: Pool;
let scheduler: Pool;
beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  const { url, secretKey, webhookSecret } = stripe;
  gateway = stripeGateway({ secretKey, webhookSecret, apiBase: url });
  moves = stripeMoves({ secretKey, webhookSecret, apiBase: url });
  staff = plane.as('operator').pool;
  scheduler = plane.as('scheduler').pool;
  await plane.pool.query(
    `INSERT INTO plan (name, family, version, state, title) VALUES ('growth-v1', 'growth', 1, 'archived', 'Growth'),
       ('growth-v2', 'growth', 2, 'published', 'Growth'), ('basic-v1', 'basic', 1, 'published', 'Basic')`,
  );
  const prices = [
    ['old', 'growth-v1', 'month', 900],
    ['old_year', 'growth-v1', 'year', 9_000],
    ['new', 'growth-v2', 'month', 1_200],
    ['basic', 'basic-v1', 'month', 500],
  ] as const;
  for (const [id, plan, interval, amount] of prices) {
    await plane.pool.query(`INSERT INTO plan_price VALUES ($1, $2, 'EUR', $3, $4, $5)`, [
      id,
      plan,
      interval,
      amount,
      `price_${id}`,
    ]);
    stripe.prices.set(`price_${id}`, {
      id: `price_${id}`,
      object: 'price',
      active: true,
      lookup_key: null,
      product: 'prod_1',
      currency: 'eur',
      unit_amount: amount,
      recurring: { interval, usage_type: 'licensed' },
      metadata: { plan },
    });
  }
});
beforeEach(() => {
  stripe.failWith = null;
});
afterEach(async () => {
  await plane.pool.query(`UPDATE plan_move SET state = 'cancelled'`);
  await plane.pool.query('DELETE FROM subscription');
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

const options = (over: Partial<MoveOptions> = {}): MoveOptions => ({
  gateway,
  moves,
  log,
  now: () => Date.now(),
  ...over,
});

type Subscriber = { tenantId: string; subscription: SimulatedSubscription };

async function subscribe(price = 'price_old'): Promise<Subscriber> {
  const { tenantId } = await plane.newTenant();
  const { customerId } = await gateway.createCustomer({ tenantId, name: 'Kiln', email: 'a@kiln.example' });
  await plane.pool.query('INSERT INTO billing_account (tenant_id, customer_id) VALUES ($1, $2)', [
    tenantId,
    customerId,
  ]);
  const begun = stripe.now();
  const subscription = stripe.addSubscription({
    customer: customerId,
    price,
    periodStart: begun,
    periodEnd: begun + 30 * 86_400,
  });
  await syncTenant(scheduler, tenantId, options());
  return { tenantId, subscription };
}

const start = (over: Partial<NewMove> & { reason?: string } = {}) =>
  startMove(staff, {
    from: 'growth-v1',
    to: 'growth-v2',
    manner: 'now',
    trialEndsAt: null,
    reason: 'The price of 2027 holds for all',
    actor,
    now: Date.now(),
    ...over,
  });
const planIn = async (tenantId: string) =>
  (await plane.pool.query<{ plan: string }>('SELECT plan FROM subscription WHERE tenant_id = $1', [tenantId]))
    .rows[0]?.plan;
const latest = async () => (await listMoves(staff, 'growth-v1'))[0];
const updates = () => stripe.changes.filter((change) => /subscriptions\/|schedules/.test(change)).length;

describe('a move of subscribers', () => {
  test('changes each of them once, keeps the period that was paid for, and asks for nothing at once', async () => {
    const [one, two, other] = [await subscribe(), await subscribe(), await subscribe('price_basic')];
    const before = stripe.invoices.size;
    await start();
    expect(await carryOutMoves(scheduler, options())).toBe(2);
    expect([one, two, other].map(({ subscription }) => subscription.price)).toEqual([
      'price_new',
      'price_new',
      'price_basic',
    ]);
    expect(await planIn(one.tenantId)).toBe('growth-v2');
    expect(stripe.invoices.size).toBe(before);
    expect(await latest()).toMatchObject({ state: 'done', moved: 2, waiting: 0 });
    const done = updates();
    expect(await carryOutMoves(scheduler, options())).toBe(0);
    expect(updates()).toBe(done);
  });

  test('that is killed before or after any call goes on, and moves each subscriber once', async () => {
    const calls = ['listSubscriptions', 'moveSubscription'] as const;
    for (const call of calls) {
      for (const when of ['before', 'after']) {
        const all = [await subscribe(), await subscribe(), await subscribe()];
        const first = updates();
        await start();
        let count = 0;
        const whole = { ...gateway, ...moves };
        const dying = {
          ...whole,
          [call]: async (...given: never[]) => {
            count += 1;
            if (count === 2 && when === 'before') throw new Error('killed');
            const answer = await (whole[call] as (...all: never[]) => Promise<unknown>)(...given);
            if (count === 2) throw new Error('killed');
            return answer;
          },
        };
        await expect(carryOutMoves(scheduler, options({ moves: dying, gateway: dying }))).rejects.toThrow(
          'killed',
        );
        expect(await latest()).toMatchObject({ state: 'running' });
        await carryOutMoves(scheduler, options());
        expect(all.map(({ subscription }) => subscription.price)).toEqual(Array(3).fill('price_new'));
        expect(await latest()).toMatchObject({ state: 'done', moved: 3 });
        expect([call, when, updates() - first]).toEqual([call, when, 3]);
        await plane.pool.query('DELETE FROM subscription');
      }
    }
  });

  test('at the end of the period leaves the plan until then', async () => {
    const { subscription, tenantId } = await subscribe();
    await start({ manner: 'period_end' });
    await carryOutMoves(scheduler, options());
    expect(subscription).toMatchObject({ price: 'price_old', schedule: { next: 'price_new' } });
    expect(await planIn(tenantId)).toBe('growth-v1');
    expect(await latest()).toMatchObject({ state: 'done', moved: 1 });
  });

  test('at the end of the period that was cut off within goes on with a schedule of its own', async () => {
    const { subscription } = await subscribe();
    subscription.schedule = { id: 'sub_sched_half', next: null };
    await start({ manner: 'period_end' });
    await carryOutMoves(scheduler, options());
    expect(subscription.schedule?.next).toBe('price_new');
    expect(subscription.schedule?.id).not.toBe('sub_sched_half');
  });

  test('changes price and end of trial in one step', async () => {
    const { subscription } = await subscribe();
    const first = updates();
    const trialEndsAt = Date.now() + 10 * DAY_MS;
    await start({ trialEndsAt });
    await carryOutMoves(scheduler, options());
    expect(subscription).toMatchObject({ price: 'price_new', trial_end: Math.floor(trialEndsAt / 1_000) });
    expect(updates() - first).toBe(1);
  });

  test('leaves whoever has cancelled or planned something, and says of whom there is no price', async () => {
    const [ending, planned, yearly] = [
      await subscribe(),
      await subscribe(),
      await subscribe('price_old_year'),
    ];
    ending.subscription.cancel_at_period_end = true;
    planned.subscription.schedule = { id: 'sub_sched_own', next: 'price_basic' };
    await start();
    await carryOutMoves(scheduler, options());
    const left = await listLeft(staff, 'growth-v1');
    const notes = new Map(left.map(({ tenantId, state, note }) => [tenantId, `${state} ${note}`]));
    expect([ending, planned, yearly].map(({ tenantId }) => notes.get(tenantId))).toEqual([
      'skipped ending',
      'skipped planned_change',
      'failed no_price',
    ]);
    expect(planned.subscription.schedule?.next).toBe('price_basic');
  });

  test('stops while it is paused and while Stripe is away, goes on, and is called off', async () => {
    const { subscription } = await subscribe();
    const id = await start();
    await changeMove(staff, { id, step: 'pause', actor });
    expect(await carryOutMoves(scheduler, options())).toBe(0);
    await changeMove(staff, { id, step: 'resume', actor });
    stripe.failWith = 503;
    expect(await carryOutMoves(scheduler, options())).toBe(0);
    expect(await latest()).toMatchObject({ state: 'running', waiting: 1, failed: 0 });
    stripe.failWith = null;
    await changeMove(staff, { id, step: 'cancel', actor });
    expect(await carryOutMoves(scheduler, options())).toBe(0);
    expect(subscription.price).toBe('price_old');
    await expect(changeMove(staff, { id, step: 'resume', actor })).rejects.toMatchObject({
      code: 'invalid_move',
      values: { rule: 'state' },
    });
  });

  test('that Stripe refuses for one goes on with the others; whoever failed is tried again', async () => {
    const [one, two] = [await subscribe(), await subscribe()];
    const id = await start();
    let refusals = 1;
    const refusing: MoveGateway = {
      ...moves,
      moveSubscription: async (move, key) => {
        refusals -= 1;
        if (refusals === 0) await gateway.undoSchedule('sub_sched_none');
        return moves.moveSubscription(move, key);
      },
    };
    await carryOutMoves(scheduler, options({ moves: refusing }));
    expect(await latest()).toMatchObject({ state: 'done', moved: 1, failed: 1 });
    await changeMove(staff, { id, step: 'retry', actor });
    await carryOutMoves(scheduler, options());
    expect(await latest()).toMatchObject({ state: 'done', moved: 2, failed: 0 });
    expect([one, two].map(({ subscription }) => subscription.price)).toEqual(['price_new', 'price_new']);
  });

  test.each<[string, Partial<NewMove> & { reason?: string }, string]>([
    ['to itself', { to: 'growth-v1' }, 'target'],
    ['to nothing', { to: 'none' }, 'target'],
    ['from nothing', { from: 'none' }, 'target'],
    [
      'with a trial and at the end of the period',
      { manner: 'period_end', trialEndsAt: Date.now() + DAY_MS },
      'trial',
    ],
  ])('%s is refused', async (_, over, rule) => {
    await subscribe();
    await expect(start(over)).rejects.toMatchObject({ code: 'invalid_move', values: { rule } });
  });

  test('of nobody, or a second one at once, is refused', async () => {
    await expect(start()).rejects.toMatchObject({ values: { rule: 'nobody' } });
    await subscribe();
    const begun = await Promise.allSettled([start(), start(), start()]);
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(start()).rejects.toMatchObject({ values: { rule: 'open' } });
  });
});

test('before a move it is shown whom it is of, and what the next invoices would be; nothing is changed', async () => {
  const all = [await subscribe(), await subscribe(), await subscribe('price_old_year')];
  for (let n = 0; n < 4; n += 1) all.push(await subscribe());
  // Which five are shown goes by when each began; all have begun within seconds.
  for (const [n, { tenantId }] of all.entries())
    await plane.pool.query(
      `UPDATE subscription SET anchor = '2026-01-01'::timestamptz + $2 * interval '1 day' WHERE tenant_id = $1`,
      [tenantId, n],
    );
  expect(await countMoved(staff, { from: 'growth-v1', to: 'growth-v2' })).toEqual([
    { currency: 'EUR', interval: 'month', subscribers: 6, isPriced: true },
    { currency: 'EUR', interval: 'year', subscribers: 1, isPriced: false },
  ]);
  const first = updates();
  const shown = await previewMove(
    staff,
    { from: 'growth-v1', to: 'growth-v2', trialEndsAt: null },
    options(),
  );
  expect(shown).toHaveLength(5);
  expect(shown[0]?.outcome).toEqual({ kind: 'invoice', total: 1_200, currency: 'EUR', before: 900 });
  expect(shown.map(({ outcome }) => outcome)).toContainEqual({ kind: 'left', why: 'no_price' });
  expect(updates()).toBe(first);
});
