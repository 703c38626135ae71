import { PLAN_LIMITS } from '@footfall/core/billing/terms';
import { listPublicPlans } from '@footfall/db/billing/plan';
import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import { findPlan } from '@footfall/db/staff/plans';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalogIn } from '../stripe/simulator/catalog-state.fixture.ts';
import { startStripe } from '../stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from '../stripe/simulator/state.fixture.ts';
import { stripeCatalog } from '../stripe/stripe-catalog.ts';
import type { CatalogGateway } from './catalog-gateway.ts';
import { createPlan, deleteDraft, draftNextVersion, type PlanDraft, saveDraft } from './draft.ts';
import { archivePlan, connectPlan, publishPlan, reopenDraft } from './publish.ts';
import { offerTrial } from './trial.ts';

let plane: ControlPlane;
let stripe: StripeSimulator;
let gateway: CatalogGateway;
let pool: Pool;
const actor = { id: 'user_b', address: '192.0.2.1' };

beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  gateway = stripeCatalog({ secretKey: stripe.secretKey, webhookSecret: null, apiBase: stripe.url });
  // As the console does it: with the role of the platform's staff.
  pool = plane.as('operator').pool;
});
beforeEach(() => {
  stripe.failWith = null;
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

const draft: PlanDraft = {
  title: 'Growth',
  description: 'For shops that grow',
  isPublic: true,
  limits: {
    ...(Object.fromEntries(PLAN_LIMITS.map((limit) => [limit, null])) as PlanDraft['limits']),
    events_per_month: 100_000,
    sites: 3,
  },
  features: ['dashboards', 'sso'],
  prices: [
    { currency: 'EUR', interval: 'month', amount: 900 },
    { currency: 'EUR', interval: 'year', amount: 9_000 },
    { currency: 'JPY', interval: 'month', amount: 1_500 },
  ],
};

let count = 0;
/** A draft of a plan of its own. */
function newDraft(over: Partial<PlanDraft> = {}): Promise<string> {
  count += 1;
  return createPlan(pool, { family: `plan-${count}`, draft: { ...draft, ...over }, actor });
}

const audit = async (subject: string) =>
  (
    await plane.pool.query<{ action: string }>(
      'SELECT action FROM platform_audit WHERE subject = $1 ORDER BY created_at, ctid',
      [subject],
    )
  ).rows.map(({ action }) => action);

/** What there is at Stripe of a plan. */
function made(name: string) {
  const { products, prices, attached } = catalogIn(stripe);
  return {
    products: [...products.values()].filter(({ metadata }) => metadata.plan === name),
    prices: [...prices.values()].filter(({ metadata, active }) => active && metadata.plan === name),
    features: attached.filter(({ product }) => product === `footfall_${name}`),
  };
}

describe('a draft', () => {
  test('is kept as it was written, is not for sale, and can be written anew and forgotten', async () => {
    const name = await newDraft();
    expect(await findPlan(pool, name)).toMatchObject({
      title: 'Growth',
      description: 'For shops that grow',
      state: 'draft',
      version: 1,
      events: 100_000,
      sites: 3,
      members: null,
      prices: draft.prices,
    });
    expect((await listPublicPlans(pool)).map((plan) => plan.name)).not.toContain(name);
    const prices = [{ currency: 'CHF', interval: 'month', amount: 1 }] as const;
    await saveDraft(pool, { name, draft: { ...draft, title: 'Bigger', prices }, actor });
    expect(await findPlan(pool, name)).toMatchObject({ title: 'Bigger', prices });
    await deleteDraft(pool, { name, actor });
    expect(await findPlan(pool, name)).toBeNull();
    expect(await audit(name)).toEqual(['plan.create', 'plan.save', 'plan.delete']);
  });

  const limits = (over: object) => ({ limits: { ...draft.limits, ...over } });
  test.each<[string, Partial<PlanDraft>, string]>([
    ['no title', { title: ' ' }, 'title'],
    ['a title that is not a line', { title: 'a\nb' }, 'title'],
    ['a long description', { description: 'x'.repeat(201) }, 'description'],
    ['a limit of none', limits({ sites: 0 }), 'sites'],
    ['half a site', limits({ sites: 1.5 }), 'sites'],
    ['a limit beyond what is kept', limits({ events_per_month: 2 ** 53 }), 'events_per_month'],
    ['a price below nothing', { prices: [{ currency: 'EUR', interval: 'month', amount: -1 }] }, 'prices'],
    [
      'a currency that is not sold in',
      { prices: [{ currency: 'HUF', interval: 'month', amount: 1 }] },
      'prices',
    ],
    ['two prices a month', { prices: [draft.prices[0], draft.prices[0]] as never }, 'prices'],
  ])('with %s is refused', async (_, over, where) => {
    await expect(newDraft(over)).rejects.toMatchObject({ code: 'invalid_draft', where });
  });

  test.each(['', 'Growth', '-growth', 'a b', `a${'b'.repeat(40)}`])(
    'of the family %j is refused',
    async (family) => {
      await expect(createPlan(pool, { family, draft, actor })).rejects.toMatchObject({ where: 'family' });
    },
  );

  test('of a family that is there is refused', async () => {
    const name = await newDraft();
    const family = name.replace('-v1', '');
    await expect(createPlan(pool, { family, draft, actor })).rejects.toMatchObject({ code: 'plan_taken' });
  });
});

describe('publishing', () => {
  test('makes product, prices and features at Stripe, by names of ours, and puts the plan on sale', async () => {
    const name = await newDraft();
    await publishPlan(pool, name, { gateway, actor });
    const there = made(name);
    expect(there.products).toMatchObject([{ name: 'Growth', description: 'For shops that grow' }]);
    expect(
      there.prices.map((price) => [price.currency, price.unit_amount, price.recurring.interval]),
    ).toEqual([
      ['eur', 900, 'month'],
      ['eur', 9_000, 'year'],
      ['jpy', 1_500, 'month'],
    ]);
    expect(there.features).toHaveLength(2);
    expect(await findPlan(pool, name)).toMatchObject({ state: 'published', pricesMade: 3 });
    expect((await listPublicPlans(pool)).map((plan) => plan.name)).toContain(name);
    expect(await audit(name)).toEqual(['plan.create', 'plan.publish']);
  });

  test('and offered as a trial, it is one in all its versions until that is taken back', async () => {
    const name = await newDraft();
    await publishPlan(pool, name, { gateway, actor });
    await offerTrial(pool, name, { isOffered: true, actor });
    const next = await draftNextVersion(pool, { name, actor });
    expect([(await findPlan(pool, name))?.isTrial, (await findPlan(pool, next))?.isTrial]).toEqual([
      true,
      true,
    ]);
    await offerTrial(pool, name, { isOffered: false, actor });
    expect((await findPlan(pool, next))?.isTrial).toBe(false);
    expect(await audit(name)).toEqual([
      'plan.create',
      'plan.publish',
      'plan.offer_trial',
      'plan.draft',
      'plan.end_trials',
    ]);
    await expect(offerTrial(pool, 'self-hosted', { isOffered: true, actor })).rejects.toMatchObject({
      code: 'plan_changed',
    });
  });

  test('that dies before or after any step makes nothing twice when it goes on', async () => {
    const steps = async (cut: number, when: 'before' | 'after') => {
      const name = await newDraft();
      let asked = 0;
      const dying = new Proxy(gateway, {
        get:
          (target, key: keyof CatalogGateway) =>
          async (...given: never[]) => {
            asked += 1;
            if (asked === cut && when === 'before') throw new Error('killed');
            const answer = await (target[key] as (...all: never[]) => Promise<unknown>)(...given);
            if (asked === cut) throw new Error('killed');
            return answer;
          },
      });
      const died = await publishPlan(pool, name, { gateway: dying, actor }).then(
        () => false,
        () => true,
      );
      expect((await findPlan(pool, name))?.state).toBe(died ? 'publishing' : 'published');
      if (died) await publishPlan(pool, name, { gateway, actor });
      const { products, prices, features } = made(name);
      expect([cut, when, products.length, prices.length, features.length]).toEqual([cut, when, 1, 3, 2]);
      expect(await findPlan(pool, name)).toMatchObject({ state: 'published', pricesMade: 3 });
      expect(await audit(name)).toEqual(['plan.create', 'plan.publish']);
      return died;
    };
    let cut = 1;
    while ((await steps(cut, 'before')) && (await steps(cut, 'after'))) cut += 1;
    expect(cut).toBeGreaterThan(5);
  });

  test('whose ids were lost is found by names all the same', async () => {
    const name = await newDraft();
    await publishPlan(pool, name, { gateway, actor });
    await plane.pool.query('UPDATE plan_price SET stripe_id = NULL WHERE plan = $1', [name]);
    await plane.pool.query('UPDATE plan SET product_id = NULL WHERE name = $1', [name]);
    await connectPlan(pool, name, { gateway, actor });
    const { products, prices, features } = made(name);
    expect([products.length, prices.length, features.length]).toEqual([1, 3, 2]);
    expect(await findPlan(pool, name)).toMatchObject({ pricesMade: 3 });
  });

  test('twice at once makes everything once', async () => {
    const name = await newDraft();
    await Promise.allSettled([1, 2, 3].map(() => publishPlan(pool, name, { gateway, actor })));
    await publishPlan(pool, name, { gateway, actor }).catch(() => undefined);
    const { products, prices, features } = made(name);
    expect([products.length, prices.length, features.length]).toEqual([1, 3, 2]);
    expect(await findPlan(pool, name)).toMatchObject({ state: 'published' });
  });

  test('says what Stripe said, and can be given up: what was made of it is sold to nobody', async () => {
    const name = await newDraft();
    stripe.failWith = 503;
    await expect(publishPlan(pool, name, { gateway, actor })).rejects.toMatchObject({ code: 'stripe_away' });
    stripe.failWith = 400;
    await expect(publishPlan(pool, name, { gateway, actor })).rejects.toMatchObject({
      code: 'stripe_refused',
      values: { reason: expect.stringContaining('it is away') },
    });
    stripe.failWith = null;
    await expect(saveDraft(pool, { name, draft, actor })).rejects.toMatchObject({ code: 'plan_changed' });
    await expect(deleteDraft(pool, { name, actor })).rejects.toMatchObject({ code: 'plan_changed' });
    const dying = { ...gateway, ensureFeatures: () => Promise.reject(new Error('killed')) };
    await expect(publishPlan(pool, name, { gateway: dying, actor })).rejects.toThrow('killed');
    await reopenDraft(pool, name, { gateway, actor });
    expect(made(name).prices).toEqual([]);
    const prices = [{ currency: 'EUR', interval: 'month', amount: 1_000 }] as const;
    await saveDraft(pool, { name, draft: { ...draft, prices }, actor });
    await publishPlan(pool, name, { gateway, actor });
    expect(made(name).prices).toMatchObject([{ unit_amount: 1_000 }]);
    expect(made(name).products).toHaveLength(1);
  });

  test('without Stripe puts the plan on sale with us alone, and it can be made there later', async () => {
    const name = await newDraft();
    await publishPlan(pool, name, { gateway: null, actor });
    expect(await findPlan(pool, name)).toMatchObject({ state: 'published', productId: null, pricesMade: 0 });
    await connectPlan(pool, name, { gateway, actor });
    expect(await findPlan(pool, name)).toMatchObject({ productId: `footfall_${name}`, pricesMade: 3 });
  });
});

describe('a published plan', () => {
  test('is never edited: the next version is, and takes its place', async () => {
    const name = await newDraft();
    await publishPlan(pool, name, { gateway, actor });
    await expect(saveDraft(pool, { name, draft, actor })).rejects.toMatchObject({ code: 'plan_changed' });
    await expect(pool.query('UPDATE plan SET site_limit = 9 WHERE name = $1', [name])).rejects.toThrow(
      'stays',
    );
    const drafts = await Promise.allSettled([1, 2, 3].map(() => draftNextVersion(pool, { name, actor })));
    const begun = drafts.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(begun).toHaveLength(1);
    const [next = ''] = begun;
    await expect(draftNextVersion(pool, { name, actor })).rejects.toMatchObject({ code: 'draft_there' });
    expect(await findPlan(pool, next)).toMatchObject({
      version: 2,
      before: name,
      state: 'draft',
      events: 100_000,
      prices: draft.prices,
    });
    await publishPlan(pool, next, { gateway, actor });
    expect(await findPlan(pool, name)).toMatchObject({ state: 'archived' });
    // Whoever has it still pays for it.
    expect(made(name).prices).toHaveLength(3);
    const sold = (await listPublicPlans(pool)).map((plan) => plan.name);
    expect([sold.includes(name), sold.includes(next)]).toEqual([false, true]);
  });

  test('is taken off sale, and is not sold at Stripe either', async () => {
    const name = await newDraft();
    await expect(archivePlan(pool, name, { gateway, actor })).rejects.toMatchObject({ code: 'plan_changed' });
    await publishPlan(pool, name, { gateway, actor });
    await archivePlan(pool, name, { gateway, actor });
    expect(made(name).prices).toEqual([]);
    expect((await listPublicPlans(pool)).map((plan) => plan.name)).not.toContain(name);
    await expect(publishPlan(pool, name, { gateway, actor })).rejects.toMatchObject({ code: 'plan_changed' });
  });

  test('of an operator has no versions', async () => {
    await expect(draftNextVersion(pool, { name: 'self-hosted', actor })).rejects.toMatchObject({
      code: 'no_such_plan',
    });
  });
});
