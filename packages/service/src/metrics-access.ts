import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopbackAddress, normaliseIp } from '@footfall/core/ip';

/** What proxies add to a request: one with any of these has come from somewhere else, whoever hands it over. */
const FORWARDING_HEADERS = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'true-client-ip',
  'cf-connecting-ip',
] as const;

type Asked = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Whether a Host header names this machine: a page whose name was pointed here, or a proxy that keeps it, names itself. */
function namesLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || isLoopbackAddress(/^\[(.*)\]$/.exec(name)?.[1] ?? name);
}

/** Whether a request comes from a program of this machine, by its own account and not through a proxy. */
export function isFromLoopback({ headers, socket }: Asked): boolean {
  const peer = normaliseIp(socket.remoteAddress ?? '') ?? '';
  return (
    isLoopbackAddress(peer) &&
    namesLoopback(headers.host ?? '') &&
    FORWARDING_HEADERS.every((name) => headers[name] === undefined)
  );
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function hasToken({ headers }: Asked, token: string): boolean {
  const [, given] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

/** Whether a request may read metrics and the details of readiness: from loopback, or with the token, if there is one. */
export function mayReadMetrics(request: Asked, token: string | undefined): boolean {
  return isFromLoopback(request) || (token !== undefined && hasToken(request, token));
}
