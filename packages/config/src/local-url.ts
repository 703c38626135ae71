import { isIPv6 } from 'node:net';

/** Who listens at every address is reached by loopback. */
const LOOPBACK: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where services listen, and whether they speak TLS. */
export type Listening = { listenHost: string; tls: object | boolean | null };

/** Where a program of this machine reaches a port of a service; without a slash at the end. */
export function localUrl({ listenHost, tls }: Listening, port: number): string {
  const host = LOOPBACK[listenHost] ?? listenHost;
  return `${tls ? 'https' : 'http'}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
