import { collectorFailure } from './errors.ts';
import type { Handler } from './route.ts';
import { ENCODINGS, type Encoding } from './tracker-script.ts';

/** The best encoding that an Accept-Encoding header takes. */
export function encodingFor(accepted: string): Encoding {
  const taken = accepted.split(',').flatMap((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) ? [] : [name];
  });
  return ENCODINGS.find((encoding) => taken.includes(encoding)) ?? 'identity';
}

const HEADERS = {
  'content-type': 'text/javascript; charset=utf-8',
  'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
  vary: 'accept-encoding',
  'cross-origin-resource-policy': 'cross-origin',
} as const;

const parseEntityTags = (header: string) => header.split(',').map((tag) => tag.trim());

const VARIANT = /^\/a((?:\.[a-z0-9-]{1,40}){1,40})?\.js$/;

/** Whether a path is that of the tracker, with whatever parts. */
export const isScript = (path: string): boolean => VARIANT.test(path);

/**
 * The parts that a path names: none for `/a.js`, two for `/a.links.404.js`.
 * @throws Failure `not_found` when there is no such part
 */
function parseParts(path: string, known: readonly string[]): string[] {
  const named = VARIANT.exec(path)?.[1]?.slice(1).split('.') ?? [];
  const unknown = named.find((name) => !known.includes(name));
  if (unknown === undefined) return named;
  throw collectorFailure(
    'not_found',
    `the tracker has no part ${JSON.stringify(unknown)}; a script may name any of ${known.join(', ')}, as /a.links.downloads.js does`,
  );
}

/** `GET /a.js`, `GET /a.links.downloads.js`: the tracker, alone or with parts. */
export const script: Handler = async ({ request, path }, ports) => {
  if (ports.script === null)
    throw collectorFailure(
      'unavailable',
      'the tracker is not built: run npm run build, then start the collector again',
    );
  const found = ports.script.variant(parseParts(path, ports.script.parts));
  const headers = { ...HEADERS, etag: found.etag };
  const { 'if-none-match': known = '', 'accept-encoding': accepted = '' } = request.headers;
  if (parseEntityTags(known).includes(found.etag)) return { status: 304, headers, body: '' };
  const encoding = encodingFor(String(accepted));
  const encoded = encoding === 'identity' ? {} : { 'content-encoding': encoding };
  return { status: 200, headers: { ...headers, ...encoded }, body: found.encoded[encoding] };
};
