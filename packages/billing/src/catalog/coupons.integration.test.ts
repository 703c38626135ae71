import { type ControlPlane, freshControlPlane } from '@footfall/db/control-plane.fixture';
import type { Pool } from '@footfall/postgres/pool';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { couponsIn } from '../stripe/simulator/coupons.fixture.ts';
import { startStripe } from '../stripe/simulator/simulator.fixture.ts';
import type { StripeSimulator } from '../stripe/simulator/state.fixture.ts';
import { stripeCoupons } from '../stripe/stripe-coupons.ts';
import type { CouponGateway } from './coupon-gateway.ts';
import { type CouponDraft, createCode, createCoupon, endCoupon } from './coupons.ts';

const NOW = Date.now();
const DAY_MS = 24 * 3_600_000;

let plane: ControlPlane;
let stripe: StripeSimulator;
let gateway: CouponGateway;
let pool: Pool;
beforeAll(async () => {
  [plane, stripe] = await Promise.all([freshControlPlane(), startStripe()]);
  gateway = stripeCoupons({ secretKey: stripe.secretKey, webhookSecret: null, apiBase: stripe.url });
  pool = plane.as('operator').pool;
});
beforeEach(() => {
  stripe.failWith = null;
});
afterAll(() => Promise.all([plane.drop(), stripe.close()]));

let count = 0;
function newDraft(over: Partial<CouponDraft> = {}): CouponDraft {
  count += 1;
  return {
    name: 'Spring',
    off: { percent: 20 },
    duration: { kind: 'repeating', months: 3 },
    products: [],
    most: 100,
    until: NOW + 30 * DAY_MS,
    code: `spring-${count}`,
    key: `form-key-${count}`,
    ...over,
  };
}

const options = () => ({ gateway, actor: { id: 'user_b', address: '192.0.2.1' }, now: NOW });
const made = (key: string) => {
  const { coupons, codes } = couponsIn(stripe);
  const ofForm = ({ promotion }: { promotion: { coupon: string } }) =>
    promotion.coupon.startsWith(`footfall_${key}_`);
  return {
    coupons: [...coupons.keys()].filter((id) => id.startsWith(`footfall_${key}_`)).length,
    codes: [...codes.values()].filter(ofForm).length,
  };
};

test('a coupon is made with a code that people type in any case, and is listed as it was made', async () => {
  const draft = newDraft();
  await createCoupon(pool, draft, options());
  const { key, code, products: _, ...told } = draft;
  const until = Math.floor((draft.until ?? 0) / 1_000) * 1_000;
  expect(await gateway.listCoupons()).toContainEqual({
    ...told,
    until,
    id: expect.stringContaining(`footfall_${key}_`),
    used: 0,
    isValid: true,
  });
  expect(await gateway.listCodes()).toContainEqual(
    expect.objectContaining({
      code: code.toUpperCase(),
      isActive: true,
      most: 100,
    }),
  );
  const money = newDraft({
    off: { amount: 500, currency: 'EUR' },
    duration: { kind: 'once' },
    most: null,
    until: null,
  });
  await createCoupon(pool, money, options());
  expect(await gateway.listCoupons()).toContainEqual(
    expect.objectContaining({
      off: { amount: 500, currency: 'EUR' },
      duration: { kind: 'once' },
      most: null,
    }),
  );
});

test.each(['createCoupon', 'createCode'] as const)(
  'a making that dies before or after %s makes nothing twice when the form is sent again',
  async (step) => {
    for (const when of ['before', 'after']) {
      const draft = newDraft();
      const dying: CouponGateway = {
        ...gateway,
        [step]: async (...given: never[]) => {
          if (when === 'after') await (gateway[step] as (...all: never[]) => Promise<void>)(...given);
          throw new Error('killed');
        },
      };
      await expect(createCoupon(pool, draft, { ...options(), gateway: dying })).rejects.toThrow('killed');
      await createCoupon(pool, draft, options());
      await createCoupon(pool, draft, options());
      expect(made(draft.key)).toEqual({ coupons: 1, codes: 1 });
    }
  },
);

test('another code of a coupon is made; a code and a coupon are ended, also twice', async () => {
  const draft = newDraft();
  await createCoupon(pool, draft, options());
  const couponId = [...couponsIn(stripe).coupons.keys()].at(-1) ?? '';
  await createCode(pool, { couponId, code: 'more-1', most: null, until: null, key: 'more-key-1' }, options());
  const codes = async () => (await gateway.listCodes()).filter((code) => code.couponId === couponId);
  const [first] = await codes();
  for (let n = 0; n < 2; n += 1) await endCoupon(pool, { kind: 'code', id: first?.id ?? '' }, options());
  expect((await codes()).map(({ isActive }) => isActive)).toEqual([false, true]);
  for (let n = 0; n < 2; n += 1) await endCoupon(pool, { kind: 'coupon', id: couponId }, options());
  expect((await codes()).map(({ isActive }) => isActive)).toEqual([false, false]);
  const { rows } = await plane.pool.query<{ action: string }>(
    'SELECT action FROM platform_audit WHERE subject = $1 ORDER BY created_at, ctid',
    [couponId],
  );
  expect(rows.map(({ action }) => action)).toEqual(['coupon.end_coupon', 'coupon.end_coupon']);
});

test.each<[string, Partial<CouponDraft>, string]>([
  ['no name', { name: '' }, 'name'],
  ['nothing off', { off: { percent: 0 } }, 'off'],
  ['more than all off', { off: { percent: 101 } }, 'off'],
  ['no number', { off: { percent: Number.NaN } }, 'off'],
  ['a currency that is not sold in', { off: { amount: 1, currency: 'HUF' } }, 'off'],
  ['half a month', { duration: { kind: 'repeating', months: 0.5 } }, 'months'],
  ['no use', { most: 0 }, 'most'],
  ['yesterday', { until: NOW - 1 }, 'until'],
  ['a code with blanks', { code: 'a b c' }, 'code'],
  ['a form that is not ours', { key: '../x' }, 'key'],
])('with %s nothing is made', async (_, over, where) => {
  const before = couponsIn(stripe).coupons.size;
  await expect(createCoupon(pool, newDraft(over), options())).rejects.toMatchObject({
    code: 'invalid_coupon',
    where,
  });
  expect(couponsIn(stripe).coupons.size).toBe(before);
});

test('what Stripe refuses is said and noted: a code that is taken', async () => {
  const { code } = newDraft();
  await createCoupon(pool, newDraft({ code }), options());
  await expect(createCoupon(pool, newDraft({ code }), options())).rejects.toMatchObject({
    code: 'stripe_refused',
    values: { reason: expect.stringContaining('already exists') },
  });
  // The same form with another code, and with other terms, is what it says now.
  const again = newDraft({ code });
  await expect(createCoupon(pool, again, options())).rejects.toMatchObject({ code: 'stripe_refused' });
  await createCoupon(pool, { ...again, code: `${code}-b`, off: { percent: 30 } }, options());
  const sold = (await gateway.listCodes()).find((one) => one.code === `${code}-b`.toUpperCase());
  expect((await gateway.listCoupons()).find(({ id }) => id === sold?.couponId)?.off).toEqual({ percent: 30 });
  stripe.failWith = 503;
  await expect(createCoupon(pool, newDraft(), options())).rejects.toMatchObject({ code: 'stripe_away' });
  const { rows } = await plane.pool.query<{ action: string }>(
    // Two may be of one millisecond.
    'SELECT action FROM platform_audit WHERE subject = $1 ORDER BY action',
    [code.toUpperCase()],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    'coupon.create',
    'coupon.create',
    'coupon.create',
    'coupon.create_failed',
    'coupon.create_failed',
  ]);
});
