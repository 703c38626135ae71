import type { Category } from './category.ts';

type EventNameRow = {
  category: Category;
  /** The page sends it by itself: it does not end a bounce unless it says so. */
  isPassive?: true;
  /** Its amount is money that changes hands; items of it are sold or come back. */
  isPayment?: true;
  /** It carries the one product that it is about. */
  isOfOneProduct?: true;
};

/** Names of events that have a meaning of their own; every other name is one that the shop gave. */
export const EVENT_NAMES = {
  pageview: { category: 'hits', isPassive: true },
  /** Scroll depth and time of a page: a measurement, which is counted as an event nowhere. */
  engagement: { category: 'hits', isPassive: true },
  view_item: { category: 'commerce', isOfOneProduct: true },
  add_to_cart: { category: 'commerce', isOfOneProduct: true },
  begin_checkout: { category: 'commerce' },
  purchase: { category: 'commerce', isPayment: true },
  refund: { category: 'commerce', isPayment: true },
} as const satisfies Readonly<Record<string, EventNameRow>>;

export type EventName = keyof typeof EVENT_NAMES;

export const PAGEVIEW = 'pageview' satisfies EventName;
export const ENGAGEMENT = 'engagement' satisfies EventName;
export const VIEW_ITEM = 'view_item' satisfies EventName;
export const ADD_TO_CART = 'add_to_cart' satisfies EventName;
export const BEGIN_CHECKOUT = 'begin_checkout' satisfies EventName;
export const PURCHASE = 'purchase' satisfies EventName;
export const REFUND = 'refund' satisfies EventName;

const eventNameRow = (name: string): EventNameRow | undefined =>
  Object.hasOwn(EVENT_NAMES, name) ? EVENT_NAMES[name as EventName] : undefined;

/** The category of an event by its name; a name that the shop gave is `custom`. */
export const classifyEvent = (name: string): Category => eventNameRow(name)?.category ?? 'custom';

const namesThat = (kind: 'isPassive' | 'isPayment' | 'isOfOneProduct'): ReadonlySet<unknown> =>
  new Set(Object.keys(EVENT_NAMES).filter((name) => eventNameRow(name)?.[kind]));

export const PASSIVE_EVENTS = namesThat('isPassive');
export const PAYMENTS = namesThat('isPayment');
export const EVENTS_OF_ONE_PRODUCT = namesThat('isOfOneProduct');
