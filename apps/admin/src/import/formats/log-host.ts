import { statedAddress } from '@footfall/core/ip';

/** A host name with a port or without: labels of letters, digits, hyphens and underscores, one letter at least. */
const HOST =
  /^(?=[^:]*\p{L})[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]{0,251}[\p{L}\p{M}\p{N}_.])?(?::\d{1,5})?$/u;

/**
 * The host that a log states, with its port; undefined where the text is not a host name. An address is none, whosever it is: a log in
 * another order than we think would put a visitor's into every report.
 */
export function hostName(text: string | undefined): string | undefined {
  if (text === undefined || !HOST.test(text) || statedAddress(text) !== undefined) return undefined;
  return text;
}
