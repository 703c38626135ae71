import type { CouponGateway, ProviderCode, ProviderCoupon } from '@footfall/billing/catalog/coupon-gateway';
import {
  type CouponDraft,
  type CouponOptions,
  createCode,
  createCoupon,
  type Ended,
  endCoupon,
} from '@footfall/billing/catalog/coupons';
import type { Actor } from '@footfall/billing/catalog/draft';
import { catalogFailure } from '@footfall/billing/catalog/errors';
import { listPlans } from '@footfall/db/staff/plans';
import { staffServices } from '#runtime/staff-services.ts';
import { ask, type Known } from '../health/known.ts';

/** A coupon with its codes, the latest first. */
export type ListedCoupon = ProviderCoupon & { codes: readonly ProviderCode[] };

/** Null: no payment is taken here. */
export type LoadedCoupons = {
  coupons: Known<readonly ListedCoupon[]>;
  /** Plans that a coupon can be for. */
  plans: readonly { name: string; title: string }[];
} | null;

async function listAll(gateway: CouponGateway): Promise<ListedCoupon[]> {
  const [coupons, codes] = await Promise.all([gateway.listCoupons(), gateway.listCodes()]);
  const byCoupon = Map.groupBy(codes, ({ couponId }) => couponId);
  return coupons.map((coupon) => ({ ...coupon, codes: byCoupon.get(coupon.id) ?? [] }));
}

/** Coupons as the payment provider has them now. */
export async function loadCoupons(): Promise<LoadedCoupons> {
  const { staffPool, payments } = staffServices();
  if (payments === null) return null;
  const [coupons, plans] = await Promise.all([ask(() => listAll(payments.coupons)), listPlans(staffPool)]);
  return {
    coupons,
    plans: plans
      .filter(({ state, productId }) => state === 'published' && productId !== null)
      .map(({ name, title }) => ({ name, title })),
  };
}

function options(actor: Actor): CouponOptions & { now: number } {
  const { payments, clock } = staffServices();
  if (payments === null) throw catalogFailure('billing_off', 'no payment is taken here', { where: 'code' });
  return { gateway: payments.coupons, actor, now: clock.now() };
}

/** Makes a coupon with a code; `plan`: the one that it is for, empty: all. */
export async function saveCoupon(
  { plan, ...draft }: Omit<CouponDraft, 'products'> & { plan: string },
  actor: Actor,
): Promise<void> {
  const { staffPool } = staffServices();
  const given = options(actor);
  const found = plan === '' ? null : (await listPlans(staffPool)).find(({ name }) => name === plan);
  if (found !== null && (found?.productId ?? null) === null)
    throw catalogFailure('no_such_plan', `${plan} is not sold at Stripe`, { where: 'plan' });
  const products = found?.productId == null ? [] : [found.productId];
  await createCoupon(staffPool, { ...draft, products }, given);
}

/** Makes another code of a coupon. */
export const saveCode = (draft: Parameters<typeof createCode>[1], actor: Actor): Promise<void> =>
  createCode(staffServices().staffPool, draft, options(actor));

/** Ends a code or a coupon. */
export const stopCoupon = (ended: Ended, actor: Actor): Promise<void> =>
  endCoupon(staffServices().staffPool, ended, options(actor));
