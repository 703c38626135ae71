import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import type { Network } from './network.ts';
import type { Target } from './target.ts';

/** Of all header lines of an answer together, bytes. */
const MAX_HEADER_BYTES = 16 * 1024;

/** What is sent to a target. */
export type Message = {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body: Uint8Array | undefined;
};

/** Sends one message to one target and answers with the head of the answer; its body is still to be read. */
export function exchange(
  { url, host, port }: Target,
  { method, headers, body }: Message,
  { network, lookup, signal }: { network: Network; lookup: LookupFunction; signal: AbortSignal },
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  const length = body === undefined ? {} : { 'content-length': String(body.length) };
  const options = {
    method,
    host,
    port: network.portOf(port),
    path: `${url.pathname}${url.search}`,
    headers: { ...headers, ...length, host: url.host },
    lookup,
    signal,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Of its own: no connection is kept, none of another owner is taken, and no proxy of the environment is asked.
    agent: isSecure ? new HttpsAgent({ keepAlive: false }) : new HttpAgent({ keepAlive: false }),
  };
  const tls = {
    rejectUnauthorized: true,
    servername: isIP(host) === 0 ? host : '',
    ...(network.ca === undefined ? {} : { ca: [...rootCertificates, network.ca] }),
  };
  return new Promise((resolve, reject) => {
    const request = isSecure ? httpsRequest({ ...options, ...tls }) : httpRequest(options);
    request.on('response', resolve).on('error', reject);
    request.end(body);
  });
}
