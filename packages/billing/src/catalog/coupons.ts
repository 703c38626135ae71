import { createHash } from 'node:crypto';
import { MOST_PRICE, priceCurrency } from '@footfall/core/billing/typed-amount';
import { printable } from '@footfall/db/text';
import type { Pool } from '@footfall/postgres/pool';
import type { CouponGateway, NewCode, NewCoupon } from './coupon-gateway.ts';
import type { Actor } from './draft.ts';
import { catalogFailure } from './errors.ts';
import { askNoted } from './noted.ts';

/** Whoever makes or ends something, and where. */
export type CouponOptions = { gateway: CouponGateway; actor: Actor };

/** Bounds of what is written. */
export const COUPON_BOUNDS = { name: 40, months: 36, most: 1_000_000, days: 5 * 366 } as const;
const DAY_MS = 24 * 3_600_000;

const invalid = (where: string, rule: string, most = 0) =>
  catalogFailure('invalid_coupon', `the ${where} of a coupon is not right`, {
    where,
    values: { rule, most },
  });

const isCount = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;

function checkOff(off: NewCoupon['off']): void {
  if ('percent' in off) {
    if (!(off.percent > 0 && off.percent <= 100)) throw invalid('off', 'percent');
    return;
  }
  if (priceCurrency(off.currency) === null || !isCount(off.amount, MOST_PRICE))
    throw invalid('off', 'amount');
}

function checkBounds({ most, until }: Pick<NewCoupon, 'most' | 'until'>, now: number): void {
  if (most !== null && !isCount(most, COUPON_BOUNDS.most)) throw invalid('most', 'count', COUPON_BOUNDS.most);
  if (until !== null && !(until > now && until <= now + COUPON_BOUNDS.days * DAY_MS))
    throw invalid('until', 'until');
}

/** What Stripe takes as a code. */
const CODE = /^[A-Z0-9-]{3,40}$/;

/**
 * A code as it is kept: people may type it in any case.
 * @throws Failure `invalid_coupon`
 */
function checkCode(text: string): string {
  const code = text.trim().toUpperCase();
  if (!CODE.test(code)) throw invalid('code', 'code');
  return code;
}

const KEY = /^[A-Za-z0-9-]{8,64}$/;

function checkKey(key: string): string {
  if (!KEY.test(key)) throw invalid('key', 'key');
  return key;
}

const digest = (terms: object) =>
  createHash('sha256').update(JSON.stringify(terms)).digest('hex').slice(0, 12);

/** A coupon as a billing admin writes it, with the code that people type. `key`: of the form; sent twice, it makes one. */
export type CouponDraft = Omit<NewCoupon, 'id'> & { code: string; key: string };

/**
 * Makes a coupon with a code. Sent again after it was cut off, it goes on and makes nothing twice.
 * @throws Failure `invalid_coupon`, `stripe_away`, `stripe_refused`
 */
export async function createCoupon(
  pool: Pool,
  { code: typed, key, ...draft }: CouponDraft,
  { gateway, actor, now }: CouponOptions & { now: number },
): Promise<void> {
  const name = printable(draft.name, COUPON_BOUNDS.name);
  if (name === null) throw invalid('name', 'name', COUPON_BOUNDS.name);
  checkOff(draft.off);
  const { duration, most, until } = draft;
  if (duration.kind === 'repeating' && !isCount(duration.months, COUPON_BOUNDS.months))
    throw invalid('months', 'months', COUPON_BOUNDS.months);
  checkBounds(draft, now);
  const code = checkCode(typed);
  // A form that was refused is sent again with other terms: those are another coupon.
  const id = `footfall_${checkKey(key)}_${digest({ ...draft, name })}`;
  const coupon = { ...draft, name, id };
  const act = { actor, action: 'coupon.create', subject: code, aboutTenant: null, details: coupon };
  await askNoted(pool, act, async () => {
    await gateway.createCoupon(coupon);
    await gateway.createCode({ couponId: id, code, most, until }, digest({ code, most, until }));
  });
}

/**
 * Makes another code of a coupon.
 * @throws Failure `invalid_coupon`, `stripe_away`, `stripe_refused`
 */
export async function createCode(
  pool: Pool,
  { code: typed, key, ...draft }: NewCode & { key: string },
  { gateway, actor, now }: CouponOptions & { now: number },
): Promise<void> {
  checkBounds(draft, now);
  const code = checkCode(typed);
  const once = `${checkKey(key)}:${digest({ ...draft, code })}`;
  const act = { actor, action: 'coupon.add_code', subject: code, aboutTenant: null, details: draft };
  await askNoted(pool, act, () => gateway.createCode({ ...draft, code }, once));
}

/** What can be ended, with its id at the provider. */
export type Ended = { kind: 'code' | 'coupon'; id: string };

const PROVIDER_ID = /^[A-Za-z0-9_-]{1,120}$/;

/**
 * Ends a code, or a coupon with all of its codes; whoever has used it keeps what it takes off.
 * @throws Failure `invalid_coupon`, `stripe_away`, `stripe_refused`
 */
export async function endCoupon(
  pool: Pool,
  { kind, id }: Ended,
  { gateway, actor }: CouponOptions,
): Promise<void> {
  if (!PROVIDER_ID.test(id)) throw invalid('id', 'key');
  const act = { actor, action: `coupon.end_${kind}`, subject: id, aboutTenant: null };
  await askNoted(pool, act, () => (kind === 'code' ? gateway.endCode(id) : gateway.endCoupon(id)));
}
