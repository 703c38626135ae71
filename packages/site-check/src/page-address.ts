import { isHostWithin } from '@footfall/core/host';
import { controlFailure } from '@footfall/db/errors';

/** A page that somebody wants to be looked at; `schemes` are tried in their order. */
export type PageAddress = { urls: readonly string[]; domain: string };

/**
 * The page that a merchant names: an address as it is pasted, one without a scheme, a path; the first page of the domain when there is none. It is of one of
 * the site's domains, the first of which is the one that paths are of.
 * @throws Failure `foreign_page`
 */
export function parsePageAddress(text: string, domains: readonly [string, ...string[]]): PageAddress {
  const given = text.trim();
  const [main] = domains;
  const foreign = () =>
    controlFailure('foreign_page', `this is not a page of ${main}`, {
      where: 'page',
      values: { domain: main },
    });
  const hasScheme = /^https?:\/\//i.test(given);
  const rest = given === '' || given.startsWith('/') ? `${main}${given}` : given;
  const urls = hasScheme ? [given] : [`https://${rest}`, `http://${rest}`];
  const url = URL.parse(urls[0] ?? '');
  // A domain that has been kept with a port has no other.
  const isOwn = (domain: string) =>
    url !== null && (isHostWithin(url.host, domain) || isHostWithin(url.hostname, domain));
  const domain = domains.find(isOwn);
  if (url === null || domain === undefined || url.username !== '' || url.password !== '') throw foreign();
  return { urls, domain };
}
