import { readAttributes, type Tag } from './html-tags.ts';

/** A script tag that is ours, or was meant to be. */
export type PageScript = {
  /** What stands in `data-site`, trimmed; null where it is missing. */
  key: string | null;
  /** Its address; null where it has none that can be read. */
  src: URL | null;
  nonce: string;
  /** Another place that events are sent to, as the tag names it. */
  endpoint: string | null;
  /** What keeps a browser from running it at once. */
  held: 'consent' | 'delay' | null;
  /** The consent tool, or what delays it, where its marks are known. */
  holder: string;
};

const SCRIPT_NAME = /\/a(?:\.[a-z0-9-]+)*\.js$/;
const OUR_KEY = /^(?:ff_[a-z0-9]+|YOUR_SITE_KEY)$/i;
/** Types of scripts that run; https://mimesniff.spec.whatwg.org/#javascript-mime-type */
const RUNS = /^(?:|module|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i;

/** Marks of those who hold scripts back: by type, or by an attribute beside it. The first that fits. */
const HOLDERS: readonly (readonly [pattern: RegExp, holder: string, held: 'consent' | 'delay'])[] = [
  [/rocketlazyloadscript|data-rocket/, 'WP Rocket', 'delay'],
  [/litespeed\/javascript/, 'LiteSpeed Cache', 'delay'],
  [/type=[0-9a-f]{16,}-text\/javascript|text\/rocketscript/, 'Cloudflare Rocket Loader', 'delay'],
  [/text\/x-delay|data-perfmatters|data-flying-press|type=fpmodule/, 'a performance plugin', 'delay'],
  [/data-cookieconsent/, 'Cookiebot', 'consent'],
  [/data-usercentrics/, 'Usercentrics', 'consent'],
  [/optanon-category/, 'OneTrust', 'consent'],
  [/data-borlabs|borlabs-cookie/, 'Borlabs Cookie', 'consent'],
  [/_iub_cs_activate/, 'iubenda', 'consent'],
  [/data-cookieyes/, 'CookieYes', 'consent'],
  [/cmplz|data-category=[a-z]+ .*data-service/, 'Complianz', 'consent'],
  [/data-consent-src|consent-required|consent-by/, 'Real Cookie Banner', 'consent'],
  [/data-cmp-/, 'consentmanager', 'consent'],
  [/data-name=.*data-type|data-type=.*data-name/, 'Klaro', 'consent'],
  [/data-category/, 'CookieConsent', 'consent'],
];

function readHeld(attributes: Map<string, string>): Pick<PageScript, 'held' | 'holder'> {
  const type = (attributes.get('type') ?? '').trim();
  const isEmptied =
    !attributes.has('src') && [...attributes.keys()].some((name) => /^(?:data-.*|consent-.*)src/.test(name));
  if (RUNS.test(type) && !isEmptied) return { held: null, holder: '' };
  const marks = [...attributes].map(([name, value]) => `${name}=${value}`).join(' ');
  const [, holder = '', held = 'consent'] =
    HOLDERS.find(([pattern]) => pattern.test(marks.toLowerCase())) ?? [];
  return { held, holder };
}

/** The address that a tag has, or that whoever holds it back keeps for later. */
function readSrc(attributes: Map<string, string>, page: URL): URL | null {
  const [, src] = [...attributes].find(([name]) => name === 'src') ??
    [...attributes].find(([name]) => /^(?:data|consent)-.*src(?:-.*)?$|^data-src$/.test(name)) ?? [null, ''];
  return src !== '' && URL.canParse(src, page.href) ? new URL(src, page) : null;
}

/** The script of a tag if it is ours or was meant to be: by its key, or by its name at the collector. */
export function readScript(
  tag: Tag,
  { page, collector, siteKey }: { page: URL; collector: URL; siteKey: string },
): PageScript | null {
  if (tag.name !== 'script') return null;
  const attributes = readAttributes(tag);
  const key = attributes.get('data-site')?.trim() ?? null;
  const src = readSrc(attributes, page);
  const isOfCollector = src !== null && src.host === collector.host && SCRIPT_NAME.test(src.pathname);
  const isNamed = key !== null && (src === null || SCRIPT_NAME.test(src.pathname));
  const isOurKey = key !== null && (key === siteKey || OUR_KEY.test(key));
  if (!isOfCollector && !isNamed && !isOurKey) return null;
  const [nonce, endpoint] = [attributes.get('nonce') ?? '', attributes.get('data-endpoint') ?? null];
  return { key, src, nonce, endpoint, ...readHeld(attributes) };
}
