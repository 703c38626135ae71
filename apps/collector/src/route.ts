import type { IncomingMessage } from 'node:http';
import type { Caller } from './caller.ts';
import type { Held } from './held-memory.ts';
import type { CollectorPorts } from './ports.ts';
import type { Reply } from './reply.ts';

/** One request on its way to its route: what is after the `?`, who is at the other end, and what its body may hold of the memory. */
export type Call = { request: IncomingMessage; query: string; caller: Caller; held: Held };

/** Answers a request, or throws the Failure that it is refused with. */
export type Handler = (call: Call, ports: CollectorPorts) => Promise<Reply>;

/** What a route takes at most: bytes of the body (as sent and as decoded) and events. */
export type Limits = { bytes: number; events: number };
