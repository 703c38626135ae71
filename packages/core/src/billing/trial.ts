/** How long a plan may be tried without a card, days. */
export const TRIAL_DAYS = 14;

/** Hosts of one mailbox provider that reads an address without its dots. */
const DOTLESS: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * The one way in which a mailbox is written, for asking whether its owner has had a trial: lower case, without what follows a plus, and at
 * Gmail without dots. Never an address to send anything to.
 */
export function trialAddress(email: string): string {
  const [, local = '', host = ''] = /^(.*)@([^@]*)$/.exec(email.toLowerCase()) ?? [];
  const untagged = local.replace(/(.)\+.*$/, '$1');
  return DOTLESS.has(host) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${host}`;
}
