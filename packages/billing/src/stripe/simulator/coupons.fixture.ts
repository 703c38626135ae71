import {
  type Answer,
  type Form,
  list,
  nextId,
  type Routes,
  refused,
  type StripeSimulator,
} from './state.fixture.ts';

type Coupon = { id: string; valid: boolean } & Record<string, unknown>;
type Code = {
  id: string;
  code: string;
  active: boolean;
  promotion: { type: 'coupon'; coupon: string };
} & Record<string, unknown>;

/** Coupons and codes of a stand-in. */
export type SimulatedCoupons = { coupons: Map<string, Coupon>; codes: Map<string, Code> };

const ALL = new WeakMap<StripeSimulator, SimulatedCoupons>();

/** The coupons that a stand-in has. */
export function couponsIn(stripe: StripeSimulator): SimulatedCoupons {
  const found = ALL.get(stripe) ?? { coupons: new Map(), codes: new Map() };
  ALL.set(stripe, found);
  return found;
}

const number = (text: string | undefined) => (text === undefined ? null : Number(text));
const createdNow = () => Math.floor(Date.now() / 1_000);

function newCoupon({ coupons }: SimulatedCoupons, form: Form): Answer {
  const id = form.id ?? nextId('coupon');
  if (coupons.has(id)) {
    const error = { type: 'invalid_request_error', code: 'resource_already_exists', message: 'It exists.' };
    return { status: 400, body: { error } };
  }
  const coupon: Coupon = {
    id,
    object: 'coupon',
    amount_off: number(form.amount_off),
    created: createdNow(),
    currency: form.currency ?? null,
    duration: form.duration ?? 'once',
    duration_in_months: number(form.duration_in_months),
    livemode: false,
    max_redemptions: number(form.max_redemptions),
    metadata: {},
    name: form.name ?? null,
    percent_off: number(form.percent_off),
    redeem_by: number(form.redeem_by),
    times_redeemed: 0,
    valid: true,
  };
  coupons.set(id, coupon);
  return { status: 200, body: coupon };
}

function newCode({ coupons, codes }: SimulatedCoupons, form: Form): Answer {
  const coupon = form['promotion[coupon]'] ?? '';
  if (!coupons.has(coupon)) return refused(400, `No such coupon: '${coupon}'`);
  const wanted = form.code ?? '';
  if ([...codes.values()].some(({ code, active }) => active && code === wanted))
    return refused(400, 'An active promotion code with this code already exists.');
  const made: Code = {
    id: nextId('promo'),
    object: 'promotion_code',
    active: true,
    code: wanted,
    created: createdNow(),
    customer: null,
    customer_account: null,
    expires_at: number(form.expires_at),
    livemode: false,
    max_redemptions: number(form.max_redemptions),
    metadata: {},
    promotion: { type: 'coupon', coupon },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
  codes.set(made.id, made);
  return { status: 200, body: made };
}

/** Coupons, and the codes that people type. */
export const couponRoutes: Routes = (stripe) => {
  const own = couponsIn(stripe);
  const { coupons, codes } = own;
  return [
    ['GET', /^\/v1\/coupons$/, () => ({ status: 200, body: list([...coupons.values()]) })],
    ['POST', /^\/v1\/coupons$/, (form) => newCoupon(own, form)],
    [
      'DELETE',
      /^\/v1\/coupons\/([\w-]+)$/,
      (_, id) => {
        if (!coupons.delete(id)) {
          const error = {
            type: 'invalid_request_error',
            code: 'resource_missing',
            message: 'No such coupon',
          };
          return { status: 404, body: { error } };
        }
        for (const code of codes.values()) if (code.promotion.coupon === id) code.active = false;
        return { status: 200, body: { id, object: 'coupon', deleted: true } };
      },
    ],
    ['GET', /^\/v1\/promotion_codes$/, () => ({ status: 200, body: list([...codes.values()]) })],
    ['POST', /^\/v1\/promotion_codes$/, (form) => newCode(own, form)],
    [
      'POST',
      /^\/v1\/promotion_codes\/(\w+)$/,
      (form, id) => {
        const code = codes.get(id);
        if (code === undefined) return refused(404, 'No such promotion code');
        code.active = form.active !== 'false';
        return { status: 200, body: code };
      },
    ],
  ];
};
