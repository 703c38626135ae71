import { hash } from 'node:crypto';
import { json } from './respond.ts';

/** An answer with the time up to which it is complete, epoch time as ISO text. */
type Dated = { meta: { data_through: string } };

/**
 * The weak tag of an answer: of all of it but `data_through`, which moves on every second while nothing happens. Whoever has
 * the same answer with an older one has the same numbers.
 */
export function entityTag({ meta: { data_through: _, ...meta }, ...rest }: Dated): string {
  return `W/"${hash('sha256', JSON.stringify([rest, meta]), 'base64url').slice(0, 27)}"`;
}

/** Whether one of the tags of an `If-None-Match` is this one; compared weakly, as that header is. */
export function isKnown(ifNoneMatch: string | null, tag: string): boolean {
  const opaque = (one: string) => one.trim().replace(/^W\//, '');
  const tags = (ifNoneMatch ?? '').split(',').map(opaque);
  return tags.includes('*') || tags.includes(opaque(tag));
}

/**
 * An answer with its tag; to an asker who has it already only that it still stands, and up to when. `present` makes of it what is sent,
 * where that is another shape.
 */
export function taggedAnswer<Body extends Dated>(
  request: Request,
  body: Body,
  present: (body: Body) => unknown = (whole) => whole,
): Response {
  const tag = entityTag(body);
  const headers = {
    etag: tag,
    'cache-control': 'private, no-cache',
    'x-data-through': body.meta.data_through,
  };
  if (!isKnown(request.headers.get('if-none-match'), tag)) return json(present(body), { headers });
  return new Response(null, { status: 304, headers });
}
