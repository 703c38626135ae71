/** Kinds of events that a log of many machines keeps apart, since they differ in number, size and worth. */
export type Category = 'hits' | 'custom' | 'commerce';
