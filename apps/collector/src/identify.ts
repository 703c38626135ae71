import type { ClientHints } from '@footfall/core/client-hints';
import { statedAddress, truncateIp } from '@footfall/core/ip';
import type { RawEvent } from '@footfall/core/raw-event';
import type { ValidEvent } from '@footfall/core/validate';
import { statedVisitorId, visitorId } from '@footfall/core/visitor';

/** Who sent a request: a browser speaks for itself; a server speaks for others, whom its events name. */
export type Sender = (
  | {
      kind: 'browser';
      ip: string;
      userAgent: string | undefined;
      /** What the browser told beside its user agent. */
      hints?: ClientHints | undefined;
      /** What limits of a sender count as one; absent: many may share its address. */
      network?: string;
      /** Clients of other products name the visitor and the agent even with the site key alone; nobody names another address. */
      namesVisitor?: boolean;
    }
  | { kind: 'server' }
) & {
  /** What stands in the event's envelope: {@link RawEvent.sender}. */
  id: string;
  /** Of the page, as the browser says it; undefined: not a page's script. */
  origin?: string | undefined;
};

export type BrowserSender = Extract<Sender, { kind: 'browser' }>;

/** A valid event and the site-local day on which it happened. */
export type DatedEvent = { event: ValidEvent; day: string };

/** What turns people into ids: the salts of the local days on which somebody is known by address and agent, and the key of each day for visitors that are stated. */
export type IdentityKeys = {
  salts: ReadonlyMap<string, Uint8Array>;
  statedKeyFor: (day: string) => Uint8Array;
};

const MAX_USER_AGENT = 1_000;

/** Address and agent that an event is counted under. A server's own are nobody's: they would make all its customers one. */
function resolveOrigin(
  event: ValidEvent,
  sender: Sender,
): { ip: string | undefined; userAgent: string | undefined } {
  return sender.kind === 'browser'
    ? { ip: sender.ip, userAgent: event.userAgent ?? sender.userAgent?.slice(0, MAX_USER_AGENT) }
    : { ip: event.statedIp && statedAddress(event.statedIp), userAgent: event.userAgent };
}

type Origin = ReturnType<typeof resolveOrigin>;

/** The whole address that an event is counted under; it goes nowhere. */
export function resolveAddress(event: ValidEvent, sender: Sender): string | undefined {
  return resolveOrigin(event, sender).ip;
}

function computeVisitor({ event, day }: DatedEvent, origin: Origin, keys: IdentityKeys): string {
  const { siteId, statedVisitor } = event;
  if (statedVisitor !== undefined)
    return statedVisitorId(keys.statedKeyFor(day), { siteId, day, visitor: statedVisitor });
  const salt = keys.salts.get(day);
  if (salt === undefined) throw new Error(`the salt of ${day} was not fetched`);
  return visitorId(salt, { siteId, ip: origin.ip ?? '', userAgent: origin.userAgent ?? '' });
}

/**
 * Makes an event one with its visitor's id and the network of its address; the whole address ends here. The event itself becomes it:
 * a copy of each took as long as the hash. Events of a server that state neither visitor nor address nor agent are one visitor a day:
 * they are counted, and nothing tells them apart.
 */
export function identify(dated: DatedEvent, sender: Sender, keys: IdentityKeys): RawEvent {
  const { event } = dated;
  const origin = resolveOrigin(event, sender);
  const raw: RawEvent & Pick<ValidEvent, 'statedVisitor' | 'statedIp'> = Object.assign(event, {
    visitor: computeVisitor(dated, origin, keys),
  });
  if (raw.statedVisitor !== undefined) delete raw.statedVisitor;
  if (raw.statedIp !== undefined) delete raw.statedIp;
  if (origin.userAgent !== undefined) raw.userAgent = origin.userAgent;
  // Hints are of the agent that sent them, not of one that the event names.
  if (sender.kind === 'browser' && sender.hints !== undefined && origin.userAgent === sender.userAgent)
    raw.hints = sender.hints;
  const network = origin.ip === undefined ? undefined : truncateIp(origin.ip);
  if (network !== undefined) raw.ip = network;
  raw.sender = sender.id;
  return raw;
}
