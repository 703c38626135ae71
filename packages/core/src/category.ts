/** Kinds of events that a log of many machines keeps apart, since they differ in number, size and worth. */
export type Category = 'hits' | 'custom' | 'commerce';

const CATEGORY_OF = {
  pageview: 'hits',
  engagement: 'hits',
  view_item: 'commerce',
  add_to_cart: 'commerce',
  begin_checkout: 'commerce',
  purchase: 'commerce',
  refund: 'commerce',
} as const satisfies Readonly<Record<string, Category>>;

/** The category of an event by its name; a name that the shop gave is `custom`. */
export function categoryOf(name: string): Category {
  return Object.hasOwn(CATEGORY_OF, name) ? CATEGORY_OF[name as keyof typeof CATEGORY_OF] : 'custom';
}
