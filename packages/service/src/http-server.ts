import { unwatchFile, watchFile } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { readTls, type TlsFiles } from './tls.ts';

/**
 * Limits of every HTTP server of ours. A sender that is slow is cut off, and a flood of connections is turned away before it takes
 * the memory of the process. Milliseconds, but for the last two.
 */
const LIMITS = {
  /** The whole request, body included. */
  requestTimeout: 30_000,
  headersTimeout: 10_000,
  /** Longer than the 60 s of common reverse proxies: the side that closes first should not be this one. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  /** Bytes of all headers together; Node answers 431 to more. */
  maxHeaderSize: 16_384,
} as const satisfies ServerOptions;

/** Connections at once; one more is closed as it comes. */
export const MAX_CONNECTIONS = 10_000;
/** Of health ports: whoever asks them is a probe or Prometheus. */
export const MAX_HEALTH_CONNECTIONS = 100;

/** How often the files of the certificate are looked at, milliseconds. */
const LOOK_MS = 5_000;

export type HttpServerOptions = {
  /** Null: plain HTTP. */
  tls: TlsFiles | null;
  maxConnections?: number;
  /** Told of a new certificate that cannot be used: the one before stays. */
  onTrouble?: (error: unknown) => void;
};

/** Answers with a new certificate as soon as its files have changed. */
function followFiles(server: TlsServer, files: TlsFiles, onTrouble: (error: unknown) => void): void {
  const look = () => {
    try {
      server.setSecureContext(readTls(files));
    } catch (error) {
      // Half-written, or the certificate without its key yet: the next change is looked at again.
      onTrouble(error);
    }
  };
  const watched = [files.certFile, files.keyFile];
  for (const file of watched) watchFile(file, { interval: LOOK_MS, persistent: false }, look);
  server.once('close', () => {
    for (const file of watched) unwatchFile(file, look);
  });
}

/**
 * An HTTP server with the limits that all of ours have, with TLS when there is a certificate; it does not listen yet.
 * @throws Failure `tls_unusable`
 */
export function createHttpServer(options: HttpServerOptions, listener: RequestListener): Server {
  const { tls, maxConnections = MAX_CONNECTIONS, onTrouble = () => undefined } = options;
  if (tls === null) {
    const server = createServer(LIMITS, listener);
    server.maxConnections = maxConnections;
    return server;
  }
  const server = createTlsServer({ ...LIMITS, ...readTls(tls) }, listener);
  server.maxConnections = maxConnections;
  followFiles(server, tls, onTrouble);
  return server;
}
