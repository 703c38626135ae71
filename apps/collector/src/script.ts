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
  'x-content-type-options': 'nosniff',
} as const;

const tagsOf = (header: string) => header.split(',').map((tag) => tag.trim());

/** `GET /a.js`: the tracker. */
export const script: Handler = async ({ request }, ports) => {
  const found = ports.script;
  if (found === null)
    throw collectorFailure(
      'unavailable',
      'the tracker is not built: run npm run build, then start the collector again',
    );
  const headers = { ...HEADERS, etag: found.etag };
  const { 'if-none-match': known = '', 'accept-encoding': accepted = '' } = request.headers;
  if (tagsOf(known).includes(found.etag)) return { status: 304, headers, body: '' };
  const encoding = encodingFor(String(accepted));
  const encoded = encoding === 'identity' ? {} : { 'content-encoding': encoding };
  return { status: 200, headers: { ...headers, ...encoded }, body: found.encoded[encoding] };
};
