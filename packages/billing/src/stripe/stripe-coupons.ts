import { Stripe } from 'stripe';
import {
  type CouponGateway,
  type CouponOff,
  MOST_COUPONS,
  type NewCoupon,
  type ProviderCode,
  type ProviderCoupon,
} from '../catalog/coupon-gateway.ts';
import { ask, connect, idIn, millis, type StripeOptions } from './connection.ts';

const seconds = (instant: number) => Math.floor(instant / 1_000);
const instantIn = (at: number | null | undefined) => (at === null || at === undefined ? null : millis(at));

const isError = (error: unknown, code: string) =>
  error instanceof Stripe.errors.StripeError && error.code === code;

function readCoupon(coupon: Stripe.Coupon): ProviderCoupon {
  const { id, name, duration, duration_in_months: months, percent_off: percent } = coupon;
  const off: CouponOff =
    percent === null
      ? { amount: coupon.amount_off ?? 0, currency: (coupon.currency ?? '').toUpperCase() }
      : { percent };
  return {
    id,
    name: name ?? id,
    off,
    duration:
      duration === 'repeating'
        ? { kind: 'repeating', months: months ?? 1 }
        : { kind: duration === 'once' ? 'once' : 'forever' },
    most: coupon.max_redemptions,
    until: instantIn(coupon.redeem_by),
    used: coupon.times_redeemed,
    isValid: coupon.valid,
  };
}

function readCode(code: Stripe.PromotionCode): ProviderCode {
  return {
    id: code.id,
    couponId: idIn(code.promotion.coupon) ?? '',
    code: code.code,
    isActive: code.active,
    used: code.times_redeemed,
    most: code.max_redemptions,
    until: instantIn(code.expires_at),
  };
}

const writeOff = (off: CouponOff) =>
  'percent' in off
    ? { percent_off: off.percent }
    : { amount_off: off.amount, currency: off.currency.toLowerCase() };

const writeCoupon = ({ id, name, off, duration, products, most, until }: NewCoupon) => ({
  id,
  name,
  ...writeOff(off),
  duration: duration.kind,
  ...(duration.kind === 'repeating' ? { duration_in_months: duration.months } : {}),
  ...(products.length === 0 ? {} : { applies_to: { products: [...products] } }),
  ...(most === null ? {} : { max_redemptions: most }),
  ...(until === null ? {} : { redeem_by: seconds(until) }),
});

/** Coupons and their codes, at Stripe. */
export function stripeCoupons(options: StripeOptions): CouponGateway {
  const stripe = connect(options);
  return {
    listCoupons: () =>
      ask(async () => (await stripe.coupons.list({ limit: MOST_COUPONS })).data.map(readCoupon)),
    listCodes: () =>
      ask(async () => (await stripe.promotionCodes.list({ limit: MOST_COUPONS })).data.map(readCode)),
    createCoupon: (coupon) =>
      ask(async () => {
        try {
          await stripe.coupons.create(writeCoupon(coupon));
        } catch (error) {
          // Made before: the id is of one form.
          if (!isError(error, 'resource_already_exists')) throw error;
        }
      }),
    createCode: ({ couponId, code, most, until }, key) =>
      ask(async () => {
        await stripe.promotionCodes.create(
          {
            promotion: { type: 'coupon', coupon: couponId },
            code,
            ...(most === null ? {} : { max_redemptions: most }),
            ...(until === null ? {} : { expires_at: seconds(until) }),
          },
          { idempotencyKey: `code:${couponId}:${key}` },
        );
      }),
    endCode: (id) =>
      ask(async () => {
        await stripe.promotionCodes.update(id, { active: false });
      }),
    endCoupon: (id) =>
      ask(async () => {
        try {
          await stripe.coupons.del(id);
        } catch (error) {
          if (!isError(error, 'resource_missing')) throw error;
        }
      }),
  };
}
