import { PAGEVIEW } from '@footfall/core/event-name';
import { clientInLists } from './client.ts';
import { hostName } from './log-host.ts';
import { bad, type Parsed, skipped } from './parsed.ts';

/** A request as a web server noted it. */
export type Hit = {
  /** Epoch milliseconds. */
  at: number | null;
  method: string;
  /** Path and query, or an absolute address. */
  target: string;
  status: number;
  /** An address, a list of them as proxies write it, or a name that the server has looked up. */
  ip: string | undefined;
  /** The list of `X-Forwarded-For`, where the log has it beside the address of the connection. */
  forwarded?: string | undefined;
  host?: string | undefined;
  scheme?: string | undefined;
  referrer?: string | undefined;
  userAgent?: string | undefined;
  /** Of the answer, where the log has it. */
  contentType?: string | undefined;
};

/** Who the client is: whoever the log says in front, or first of all whom proxies say in another field. */
export const CLIENTS = ['address', 'forwarded'] as const;
export type Client = (typeof CLIENTS)[number];

/** Where hits are: `host` was given by the operator and stands above what a log says, `site` below it. `client`: `address` unless said. */
export type Place = { host: string | undefined; site: string; client?: Client };

/** Endings of what pages load and merchants do not count. Anything else, `.html` and `.php` too, is a page. */
const ASSETS = new Set(
  [
    'avif bmp cur gif heic ico jpeg jpg jxl png svg tif tiff webp',
    'css js map mjs cjs wasm less scss ts vue',
    'eot otf ttf woff woff2',
    'aac flac m3u8 m4a m4s m4v mkv mov mp3 mp4 mpd oga ogg ogv wav webm',
    '7z apk bin bz2 deb dmg doc docx epub exe gz iso jar msi pdf ppt pptx rar rpm tar tgz xls xlsx xz zip',
    'atom csv json jsonld ndjson rss txt webmanifest xml yaml yml',
    'bak cfg conf env git ini key log old pem sql swp',
  ]
    .join(' ')
    .split(' '),
);

/** Paths that machines ask for by themselves. */
const NOISE = [
  /^\/(?:health|healthz|livez|readyz|ping|status\.php|server-status|nginx_status|stub_status|metrics)\/?$/i,
  /^\/\.well-known\//i,
  /^\/(?:cdn-cgi|wp-json|wp-admin|wp-cron\.php|xmlrpc\.php|wp-login\.php)(?:\/|$)/i,
  /^\/(?:robots|ads|humans|security)\.txt$/i,
  /^\/(?:favicon\.ico|apple-touch-icon[^/]*\.png|browserconfig\.xml)$/i,
];

const isSuccess = (status: number) => (status >= 200 && status < 300) || status === 304;
const isPage = (contentType: string) => /^(?:text\/html|application\/xhtml\+xml)\b/i.test(contentType.trim());

function isAsset(path: string): boolean {
  const [, ending] = /\.([a-z0-9]{1,11})$/i.exec(path) ?? [];
  return ending !== undefined && ASSETS.has(ending.toLowerCase());
}

/** What stands for "nothing" in logs. */
const said = (text: string | undefined) =>
  text === undefined || text === '' || text === '-' ? undefined : text;

function resolveOrigin({ host, scheme }: Hit, { host: given, site }: Place): string {
  if (given !== undefined) return given;
  const name = hostName(host)?.replace(/:(?:80|443)$/, '');
  return name === undefined ? site : `${said(scheme) ?? 'https'}://${name}`;
}

/** The address without its host: a request may name that, too. */
function extractPath(target: string): string | null {
  const [, absolute] = /^https?:\/\/[^/?#]*(.*)$/i.exec(target) ?? [];
  const path = absolute ?? target;
  if (path === '') return '/';
  return path.startsWith('/') ? path : null;
}

/**
 * The pageview that a request was, or why it was none. Its address keeps the query; the collector cuts `ip`, which is stated whole so
 * that the country can be known.
 */
export function pageView(hit: Hit, place: Place): Parsed {
  if (hit.at === null) return bad('the time cannot be read');
  const path = extractPath(hit.target);
  if (!/^[A-Z]+$/.test(hit.method) || path === null) return bad('the request cannot be read');
  if (hit.method !== 'GET') return skipped('method');
  if (!isSuccess(hit.status)) return skipped('status');
  const bare = path.split(/[?#]/, 1)[0] ?? '';
  if (NOISE.some((pattern) => pattern.test(bare))) return skipped('noise');
  const contentType = said(hit.contentType);
  // A 304 has no content, and so no type of it.
  if (contentType !== undefined && hit.status !== 304 ? !isPage(contentType) : isAsset(bare))
    return skipped('asset');
  const event = {
    name: PAGEVIEW,
    timestamp: hit.at,
    url: resolveOrigin(hit, place) + path,
    referrer: said(hit.referrer),
    user_agent: said(hit.userAgent),
    ip: clientInLists([place.client === 'forwarded' ? hit.forwarded : undefined, hit.ip]),
  };
  return { kind: 'event', event };
}
