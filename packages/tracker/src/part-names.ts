/**
 * The extensions that a script can be made of, `a.<name>.<name>.js`, in the order in which they join: what is last sees an
 * event first. So what waits for consent has passed everything else, and the overlay sees also what the others drop.
 */
export const PARTS = [
  'consent',
  'before-send',
  'identify',
  'privacy',
  'exclude',
  'team',
  'sample',
  'links',
  'downloads',
  'forms',
  'clicks',
  'errors',
  '404',
  'ecommerce',
  'debug',
] as const;
