import type { IncomingHttpHeaders } from 'node:http';
import { requestFailure } from './errors.ts';
import { FOREIGN_ORIGIN, HOST_HEADER } from './foreign-origin.ts';

const REFUSAL = `${FOREIGN_ORIGIN}this form was sent by a page of another address than the one under which it arrived. A proxy in front of Footfall must pass on the address that the browser uses (in nginx "${HOST_HEADER}"; Caddy does so by itself), and WEB_URL must be that address. See "Behind a proxy" in docs/operating.md.`;

const first = (header: string | string[] | undefined) =>
  [header ?? ''].flat().join(',').split(',')[0]?.trim();

/**
 * Lets a form in that a page of the portal has sent: one of WEB_URL, or of the address under which the request arrived. What no browser has
 * sent says no origin, and has no one's cookies. Next compares the origin with the host once more: it is told the host that WEB_URL names
 * where a proxy has lost it.
 * @throws Failure `foreign_origin`
 */
export function checkFormOrigin(headers: IncomingHttpHeaders, webUrl: string): void {
  const { origin } = headers;
  if (origin === undefined) return;
  const sender = URL.canParse(origin) ? new URL(origin) : null;
  if (sender?.origin === new URL(webUrl).origin) {
    headers['x-forwarded-host'] = sender.host;
    return;
  }
  const host = first(headers['x-forwarded-host']) || headers.host;
  if (sender === null || sender.host !== host) throw requestFailure('foreign_origin', REFUSAL);
}
