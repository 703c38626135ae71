import type { IncomingMessage } from 'node:http';
import type { Caller } from './caller.ts';
import type { Held } from './held-memory.ts';
import type { CollectorPorts } from './ports.ts';
import type { Reply } from './reply.ts';

/** One request on its way to its route. */
export type Call = {
  request: IncomingMessage;
  /** As routes name it, without the folder that COLLECTOR_URL may have. */
  path: string;
  /** What is after the `?`. */
  query: string;
  /** Who is at the other end. */
  caller: Caller;
  /** What its body may hold of the memory. */
  held: Held;
};

/** Answers a request, or throws the Failure that it is refused with. */
export type Handler = (call: Call, ports: CollectorPorts) => Promise<Reply>;

/** What a route takes at most: bytes of the body (as sent and as decoded) and events. */
export type Limits = { bytes: number; events: number };
