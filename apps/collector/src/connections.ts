import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { normaliseIp, senderNetwork } from '@footfall/core/ip';
import { isSharedAddress } from './caller.ts';

/** Connections of one network. */
const MAX_OF_NETWORK = 1_000;
/** Of all connections that the server takes, the share from which on those that wait are cut off as new ones come. */
const CROWDED = 0.8;
/** How many are cut off at once, of all that the server takes: so that one look serves many. */
const CUT_SHARE = 0.05;
/** A connection that is younger is never cut off for its slowness, milliseconds: whoever wants to send something has begun by then. */
const FAIR_MS = 500;

/** A connection: since when its last request is over, on the clock of the process, or it is there; and the request that it has now. */
type Connection = { socket: Socket; since: number; request: IncomingMessage | null };

/** Whether its sender is waited for: all others are to be answered. */
const isWaitedFor = ({ request }: Connection): boolean => request === null || !request.complete;

/**
 * Cuts off connections that are waited for longest, with no request yet or one that does not end: they cost their sender nothing, and
 * hold the place of somebody who would be answered at once.
 */
function cutSlowest(connections: ReadonlySet<Connection>, most: number, fairMs: number): void {
  const now = performance.now();
  const slow = [...connections]
    .filter((connection) => isWaitedFor(connection) && now - connection.since > fairMs)
    .sort((one, other) => one.since - other.since);
  for (const { socket } of slow.slice(0, most)) socket.destroy();
}

/** All connections of a server. */
function watchConnections(server: Server): ReadonlySet<Connection> {
  const connections = new Set<Connection>();
  const bySocket = new WeakMap<Socket, Connection>();
  server.on('connection', (socket: Socket) => {
    const connection: Connection = { socket, since: performance.now(), request: null };
    connections.add(connection);
    bySocket.set(socket, connection);
    socket.once('close', () => connections.delete(connection));
  });
  // Behind TLS a request comes on another socket than the connection did: its own, with what lies beneath.
  const find = (socket: Socket) =>
    bySocket.get(socket) ?? bySocket.get((socket as { _parent?: Socket })._parent ?? socket);
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = find(request.socket);
    if (connection === undefined) return;
    connection.request = request;
    response.once('close', () => {
      if (connection.request !== request) return;
      connection.request = null;
      connection.since = performance.now();
    });
  });
  return connections;
}

/**
 * Bounds the connections of one network (an address, or the /64 of an IPv6 address) apart from the others'. Where many may share an address,
 * behind a proxy say, the total alone holds: before it is reached, whoever is slowest makes room.
 */
export function limitConnections(server: Server, limited: (limit: string) => void, fairMs = FAIR_MS): Server {
  const counts = new Map<string, number>();
  const connections = watchConnections(server);
  const count = (network: string, change: 1 | -1) => {
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
    } else if (connections.size > server.maxConnections * CROWDED) {
      limited('crowded');
      cutSlowest(connections, Math.ceil(server.maxConnections * CUT_SHARE), fairMs);
    }
  });
  return server;
}
