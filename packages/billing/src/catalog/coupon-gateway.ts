/** How long a coupon takes something off: from one invoice, from those of some months, from all. */
export type CouponDuration = { kind: 'once' | 'forever' } | { kind: 'repeating'; months: number };

/** What a coupon takes off; an amount in the smallest unit. */
export type CouponOff = { percent: number } | { amount: number; currency: string };

/** A coupon as it is made; instants in epoch milliseconds. */
export type NewCoupon = {
  /** Ours, under which a repeat finds it. */
  id: string;
  name: string;
  off: CouponOff;
  duration: CouponDuration;
  /** For these alone, by their ids at the provider; none: for all that is sold. */
  products: readonly string[];
  /** How often it can be used; null: any number of times. */
  most: number | null;
  /** Nobody begins to use it after that; null: at any time. */
  until: number | null;
};

/** A code that people type to use a coupon. */
export type NewCode = { couponId: string; code: string; most: number | null; until: number | null };

export type ProviderCode = {
  id: string;
  couponId: string;
  code: string;
  isActive: boolean;
  used: number;
  most: number | null;
  until: number | null;
};

export type ProviderCoupon = Omit<NewCoupon, 'products'> & {
  used: number;
  /** Whether somebody can still begin to use it. */
  isValid: boolean;
};

/** Coupons and their codes, at the payment provider, which alone has them. */
export type CouponGateway = {
  /** The latest, at most {@link MOST_COUPONS}. */
  listCoupons(): Promise<ProviderCoupon[]>;
  /** The latest, at most {@link MOST_COUPONS}. */
  listCodes(): Promise<ProviderCode[]>;
  /** Makes it, or finds the one of this id. */
  createCoupon(coupon: NewCoupon): Promise<void>;
  /** `key`: of the form that was filled in; a repeat makes nothing. */
  createCode(code: NewCode, key: string): Promise<void>;
  /** Nobody can use a code any more; whoever has, keeps what it takes off. */
  endCode(id: string): Promise<void>;
  /** Nobody can use a coupon any more; whoever has, keeps what it takes off. */
  endCoupon(id: string): Promise<void>;
};

/** Coupons that are shown, and codes. */
export const MOST_COUPONS = 100;
