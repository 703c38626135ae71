import { trimBlanks } from './blank.ts';
import { CLICK_ID_PARAMS } from './click-id.ts';
import { pageText } from './page.ts';

/**
 * What of an address is stored: its path, the parameters that say where a visit came from, and those that the merchant lists. All else
 * of a query may say who somebody is (a token, a search, an account), and reports show none of it. E-mail addresses are stored nowhere.
 */

/** Parameters that say where a visit came from, by their names in small letters; those that begin with `utm_` are, too. */
const CAMPAIGN_PARAMS: ReadonlySet<string> = new Set(['ref', 'source', ...CLICK_ID_PARAMS]);

/** Stands for an e-mail address. */
export const EMAIL_MARK = '(email)';

const MAX_PARAM_NAME = 100;

/** The name of a parameter that a merchant lists, as it is compared; undefined when the text is none. */
export function parseKeptParam(text: string): string | undefined {
  const name = trimBlanks(text).toLowerCase();
  return name !== '' && name.length <= MAX_PARAM_NAME && !/[\s&=?#@]/.test(name) ? name : undefined;
}

const AT = /@|%(?:25)*40/i;
/** After the sign: a host with a top-level domain. One class and no repeats of groups, so it takes one look at each character. */
const HOST = /^[a-z0-9.\-\u0080-\uffff]*\.[a-z\u0080-\uffff]{2,}/i;
/** Where one part of an address ends and another begins. */
const PARTS = /([/?#&=;,:!()"'<>\s|]|%(?:25)*(?:2f|3f|23|26|3d|3b|2c|3a|20|0a|0d))/i;

/** Whether a part of an address is somebody's: something before the sign, a host behind it. `@name` is none, nor is `pkg@1.2`. */
function isEmail(part: string): boolean {
  // Reports show letters that are escaped here as what they are.
  const [name = '', ...hosts] = pageText(part).split(AT);
  let hasName = name !== '';
  for (const host of hosts) {
    if (hasName && HOST.test(host)) return true;
    hasName ||= host !== '';
  }
  return false;
}

/** A text in which e-mail addresses, also written with `%40`, are replaced by {@link EMAIL_MARK}. */
export function withoutEmails(text: string): string {
  if (!AT.test(text)) return text;
  return text
    .split(PARTS)
    .map((part) => (isEmail(part) ? EMAIL_MARK : part))
    .join('');
}

/** The name of a parameter as it is compared. */
function paramName(param: string): string {
  const name = param.slice(0, param.includes('=') ? param.indexOf('=') : undefined).replaceAll('+', ' ');
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    // Not UTF-8: it is none that anybody lists.
    return name.toLowerCase();
  }
}

function keptQuery(query: string, kept: readonly string[]): string {
  const params = query.split('&').filter((param) => {
    const name = paramName(param);
    if (AT.test(name)) return false;
    return name.startsWith('utm_') || CAMPAIGN_PARAMS.has(name) || kept.includes(name);
  });
  return params.length === 0 ? '' : `?${params.map(withoutEmails).join('&')}`;
}

/** A route that stands in the fragment, as some shops have it; other fragments are places on a page, or tokens. */
const isRoute = (fragment: string): boolean => fragment.startsWith('/') || fragment.startsWith('!');

/** Cuts a text at the first of a mark; the rest is null when the mark is not in it. */
function cut(text: string, mark: string): [before: string, rest: string | null] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

/** The address without a name and password of somebody. */
function withoutUser(address: string): string {
  const begin = address.indexOf('//') + 2;
  const end = address.slice(begin).search(/[/\\]/);
  const authority = end < 0 ? address.slice(begin) : address.slice(begin, begin + end);
  const at = authority.lastIndexOf('@');
  return at < 0 ? address : address.slice(0, begin) + address.slice(begin + at + 1);
}

/** What is stored of the address of a page. `kept`: the parameters that the merchant lists, in small letters. */
export function storedPageAddress(url: string, kept: readonly string[]): string {
  const [address, fragment] = cut(url, '#');
  const [place, query] = cut(address, '?');
  const page = withoutEmails(withoutUser(place)) + (query === null ? '' : keptQuery(query, kept));
  if (fragment === null || !isRoute(fragment)) return page;
  const [route, more] = cut(fragment, '?');
  return `${page}#${withoutEmails(route)}${more === null ? '' : keptQuery(more, kept)}`;
}

/** What is stored of the address that a visit came from: nothing behind its path. */
export function storedReferrer(referrer: string): string {
  const [address] = cut(cut(referrer, '#')[0], '?');
  return withoutEmails(address.includes('//') ? withoutUser(address) : address);
}

/** Whether a text is a link, whatever it leads to. */
const isLink = (text: string): boolean => /^[a-z][a-z0-9+.-]{1,20}:/i.test(text);

/** Properties in which no link (of a click that leads away, a download, a form) says somebody's e-mail address. */
export function storedProps(props: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!Object.values(props).some((value) => AT.test(value) && isLink(value))) return props;
  return Object.fromEntries(
    Object.entries(props).map(([name, value]) => [name, isLink(value) ? withoutEmails(value) : value]),
  );
}

type Addressed = { url: string; referrer?: string; props?: Readonly<Record<string, string>> };

/** Cuts the addresses of an event, in place: to be done before it is in the log. */
export function cutAddresses(event: Addressed, kept: readonly string[]): void {
  event.url = storedPageAddress(event.url, kept);
  if (event.referrer !== undefined) event.referrer = storedReferrer(event.referrer);
  if (event.props !== undefined) event.props = storedProps(event.props);
}
