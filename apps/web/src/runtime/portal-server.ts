import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Failure } from '@footfall/core/failure';
import { createHttpServer, type HttpServerOptions } from '@footfall/service/http-server';
import type { Logger } from '@footfall/service/logger';
import { throttledLog } from '@footfall/timing/throttled-log';
import { bodyLimit } from '#access/body-limits.ts';
import { CLIENT_HEADER } from '#auth/client-header.ts';
import { bearerToken } from './bearer-token.ts';
import { requestFailure } from './errors.ts';
import { asFailure } from './failure.ts';
import { checkFormOrigin } from './form-origin.ts';
import { createNetworkLimit, NETWORK_LIMITS, type NetworkLimit } from './network-limit.ts';
import { createNetworkTurns } from './network-turns.ts';
import type { RefusedKeys } from './refused-keys.ts';
import { BODY_BOUNDS, BodyReader, checkEncoding, checkForm, hasBody, withBody } from './request-body.ts';
import { withRequestContext } from './request-context.ts';
import { securityHeaders } from './security-headers.ts';

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export type PortalServerOptions = {
  /** Answers health endpoints; false when the request is for something else. */
  answerHealth: (request: IncomingMessage, response: ServerResponse) => boolean;
  measure: (request: IncomingMessage, response: ServerResponse) => void;
  clientAddress: (request: IncomingMessage) => string;
  cameByTls: (request: IncomingMessage) => boolean;
  /** Looks whether the proxy that a request came through is set up right. */
  watchProxy: (request: IncomingMessage) => void;
  /** Keeps away networks that present too many API keys which are not known. */
  refusedKeys: Pick<RefusedKeys, 'admit'>;
  /** The portal's own address. */
  webUrl: string;
  /** Next. */
  handle: Handle;
  log: Pick<Logger, 'error' | 'warn'>;
  tls: HttpServerOptions['tls'];
  bodies?: BodyReader;
};

/** TRACE, which sends back cookies, and what nobody here understands: Next answers 500 to them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** How long a sender who was refused may go on sending, milliseconds: who is cut off at once often does not read the answer. */
const LINGER_MS = 2_000;

const pathIn = (url = '/') => url.split('?', 1)[0] ?? '/';

const isApi = ({ url }: IncomingMessage) => pathIn(url).startsWith('/api/');

/** Whether a request is a form for a page: the arguments of a server action. */
const isForm = (request: IncomingMessage) => request.method === 'POST' && !isApi(request);

/** Which limit of a network a request counts in: forms, with what next-auth takes, or pages; null for files that are only read, and for the API, whose keys have limits of their own. */
function limitFor(request: IncomingMessage): keyof typeof NETWORK_LIMITS | null {
  const path = pathIn(request.url);
  if (path.startsWith('/_next/')) return null;
  if (request.method === 'POST') return !isApi(request) || path.startsWith('/api/auth/') ? 'forms' : null;
  return isApi(request) ? null : 'pages';
}

type Limits = Readonly<Record<keyof typeof NETWORK_LIMITS, NetworkLimit>>;

/** Lets the status of an answer be decided until its head is sent. */
function decideStatus(response: ServerResponse, decide: (status: number) => number): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => writeHead(decide(status), ...rest);
}

/** Next's own code in the page shows what a refused action is answered with only when it is of exactly this type. */
function refusalType(request: IncomingMessage): string {
  if (isApi(request)) return 'application/json';
  return request.headers['next-action'] === undefined ? 'text/plain; charset=utf-8' : 'text/plain';
}

/** Answers a request that no page and no route has seen. */
function refuse(request: IncomingMessage, response: ServerResponse, failure: Failure): void {
  const { status, code, message, retryAfter } = failure;
  const forPrograms = isApi(request);
  const body = forPrograms ? JSON.stringify({ error: { code, message } }) : `${message}\n`;
  response.writeHead(status, {
    'content-type': refusalType(request),
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
    ...(status === 405 ? { allow: METHODS.join(', ') } : {}),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  response.write(body);
  const end = () => response.end();
  const timer = setTimeout(end, LINGER_MS);
  request.once('close', () => clearTimeout(timer));
  request.once('end', end).resume();
}

/** What a request passes before it is read, and who reads it. */
type Doors = Pick<PortalServerOptions, 'webUrl' | 'refusedKeys'> & { bodies: BodyReader; limits: Limits };

/** Reads the body, if there is one, within the bounds of its address; what reads it then has it whole. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  { bodies, webUrl, limits, refusedKeys }: Doors,
): Promise<IncomingMessage> {
  const sender = String(request.headers[CLIENT_HEADER]);
  const limit = limitFor(request);
  if (limit !== null) await limits[limit](sender);
  const apiKey = isApi(request) ? bearerToken(request.headers.authorization) : undefined;
  if (apiKey !== undefined) await refusedKeys.admit(sender, apiKey);
  if (isForm(request)) checkFormOrigin(request.headers, webUrl);
  if (!METHODS.includes(request.method ?? ''))
    throw requestFailure('method_not_allowed', `${request.method} is not possible here`);
  if (!hasBody(request)) return request;
  checkEncoding(request);
  const { body, release } = await bodies.read({ request, most: bodyLimit(pathIn(request.url)), sender });
  response.once('close', release);
  await checkForm(request, body);
  return withBody(request, body);
}

/**
 * The portal's server. Health endpoints answer even when the portal cannot; everything else is measured, its body is read within
 * bounds, and goes to Next.
 */
export function createPortalServer(options: PortalServerOptions): Server {
  const { bodies = new BodyReader(BODY_BOUNDS), log, tls } = options;
  const turns = createNetworkTurns();
  const limits: Limits = {
    forms: createNetworkLimit(NETWORK_LIMITS.forms),
    pages: createNetworkLimit(NETWORK_LIMITS.pages),
  };
  // Both are of whoever sends the form: cut, and not more than one a second.
  const warnOfOrigin = throttledLog<IncomingMessage['headers']>(({ origin, host }, leftOut) =>
    log.warn(
      { origin: origin?.slice(0, 100), host: host?.slice(0, 100), webUrl: options.webUrl, leftOut },
      'a form was refused: its origin is neither WEB_URL nor the Host that the proxy sends',
    ),
  );
  const onTrouble = (err: unknown) => log.error({ err }, 'the new certificate cannot be used');
  return createHttpServer({ tls, onTrouble }, (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders(options.cameByTls(request))))
      response.setHeader(name, value);
    if (options.answerHealth(request, response)) return;
    options.measure(request, response);
    options.watchProxy(request);
    request.headers[CLIENT_HEADER] = options.clientAddress(request);
    withRequestContext((context) => {
      decideStatus(response, (status) => {
        if (status === 200 && context.status !== null) return context.status;
        // Next answers 500 to arguments of a server action that it cannot read: what fails before the action begins is the sender's.
        return status === 500 && isForm(request) && !context.actionBegan ? 400 : status;
      });
      // What has a key, or streams, is bounded by tenant where it is answered.
      const inTurn = isApi(request)
        ? (work: () => Promise<void>) => work()
        : (work: () => Promise<void>) => turns(String(request.headers[CLIENT_HEADER]), work);
      const answered = receive(request, response, { ...options, bodies, limits }).then((received) =>
        // Whoever has gone while they waited is not worked for.
        inTurn(async () => {
          if (!response.destroyed) await options.handle(received, response);
        }),
      );
      answered.catch((error: unknown) => {
        const failure = asFailure(error);
        if (failure !== null && !response.headersSent) {
          if (failure.code === 'foreign_origin') warnOfOrigin('foreign_origin', request.headers);
          return refuse(request, response, failure);
        }
        log.error({ err: error, url: pathIn(request.url) }, 'request failed');
        response.destroy();
      });
    });
  });
}
