import { readClientHints } from '@footfall/core/client-hints';
import { SITE_KEY_SENDER } from '@footfall/core/raw-event';
import type { BrowserSender, Sender } from './identify.ts';
import { type LimitPorts, takeFromNetwork } from './network-limits.ts';
import {
  type CollectorPorts,
  findIngestKey,
  type IntakeSite,
  type KeyReach,
  requireSite,
  siteOfTenant,
} from './ports.ts';
import type { Call } from './route.ts';

/** How every API key begins; see newApiKey of packages/db. */
const API_KEY = /^ffk_\S+$/;

/** Whether a text is written as an API key is. */
export const isApiKey = (text: string): boolean => API_KEY.test(text);

/** The text of `Authorization: Bearer …`. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

/** The two halves of `Authorization: Basic …`. What follows the password's end is left out: libraries put a colon behind what they call their key. */
export function basicPair(authorization: string | undefined): { user?: string; password?: string } {
  const [, encoded = ''] = /^Basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
  const [user, password] = Buffer.from(encoded, 'base64').toString().split(':', 2);
  return { ...(user ? { user } : {}), ...(password ? { password } : {}) };
}

/**
 * Who sends with the public site key alone, and so as a browser may: no older than 48 hours, from the address of the connection, from the
 * site's origins.
 * @throws Failure `rate_limited` when its network sends more than one may
 */
export function readBrowser(
  { request: { headers }, caller }: Pick<Call, 'request' | 'caller'>,
  ports: LimitPorts,
): BrowserSender {
  takeFromNetwork(caller, 'requests', ports);
  const { ip, network, isShared } = caller;
  const limit = isShared ? {} : { network };
  return {
    kind: 'browser',
    id: SITE_KEY_SENDER,
    ip,
    userAgent: headers['user-agent'],
    hints: readClientHints(headers),
    origin: headers.origin,
    ...limit,
  };
}

/** What a request may do: who sends it, and which site it may send to. */
export type Rights = {
  sender: Sender;
  /** What the API key opens; absent with the site key alone. */
  reach?: KeyReach;
  /** @throws Failure `unknown_site`, `forbidden`, `unavailable` */
  requireSite(reference: string): Promise<IntakeSite>;
};

/**
 * The rights of an API key: those of a server, at its tenant's sites, or at those that it is limited to.
 * @throws Failure `unauthorized`, `forbidden`, `unavailable`
 */
export async function serverRights(
  apiKey: string,
  { caller }: Pick<Call, 'caller'>,
  ports: CollectorPorts,
): Promise<Rights> {
  const { id, tenantId, sites } = await findIngestKey(apiKey, caller, ports);
  const reach = { tenantId, sites };
  return {
    sender: { kind: 'server', id },
    reach,
    requireSite: (reference) => siteOfTenant(reference, { reach, caller }, ports),
  };
}

/** The rights of the public site key alone: those of a browser, at any site. Throws Failure `rate_limited`. */
export function browserRights(call: Pick<Call, 'request' | 'caller'>, ports: CollectorPorts): Rights {
  return {
    sender: readBrowser(call, ports),
    requireSite: (reference) => requireSite(reference, call.caller, ports),
  };
}

/**
 * The rights of a request: a server's with an API key as bearer, a browser's without. Another bearer than one of ours is somebody else's
 * matter, a proxy's say.
 * @throws Failure `unauthorized`, `forbidden`, `rate_limited`, `unavailable`
 */
export async function readRights(
  call: Pick<Call, 'request' | 'caller'>,
  ports: CollectorPorts,
): Promise<Rights> {
  const token = bearerToken(call.request.headers.authorization);
  return token !== undefined && isApiKey(token)
    ? serverRights(token, call, ports)
    : browserRights(call, ports);
}
