import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { normaliseIp, senderNetwork } from '@footfall/core/ip';
import { isSharedAddress } from './caller.ts';

/** Connections of one network. */
const MAX_OF_NETWORK = 1_000;
/** Of all connections that the server takes, the share from which on connections without a request are closed at once. */
const CROWDED = 0.8;

/**
 * Bounds the connections of one network (an address, or the /64 of an IPv6 address) apart from the others'. Where many may share an address,
 * behind a proxy say, the total alone holds.
 */
export function limitConnections(server: Server, limited: (limit: string) => void): Server {
  const counts = new Map<string, number>();
  let total = 0;
  const count = (network: string, change: 1 | -1) => {
    total += change;
    const left = (counts.get(network) ?? 0) + change;
    if (left > 0) counts.set(network, left);
    else counts.delete(network);
    return left;
  };
  server.on('connection', (socket: Socket) => {
    const ip = normaliseIp(socket.remoteAddress ?? '') ?? '';
    const network = senderNetwork(ip) ?? ip;
    const own = count(network, 1);
    socket.once('close', () => count(network, -1));
    if (own > MAX_OF_NETWORK && !isSharedAddress(ip)) {
      limited('connections');
      socket.destroy();
    } else if (total > server.maxConnections * CROWDED) server.closeIdleConnections();
  });
  return server;
}
