import { readBody } from '../body.ts';
import { collectorFailure } from '../errors.ts';
import { mapInTurns, turnOwner } from '../in-turns.ts';
import { type IntakeAnswer, takeEvents } from '../intake.ts';
import { type CollectorPorts, type IntakeSite, requireOnlySite } from '../ports.ts';
import { jsonReply, type Reply } from '../reply.ts';
import { type EventList, listEvents, parseBody, parseObject } from '../request-body.ts';
import { basicPair, bearerToken, browserRights, isApiKey, type Rights, serverRights } from '../rights.ts';
import type { Call, Handler, Limits } from '../route.ts';
import { type SegmentRequest, segmentEvents } from './shapes/segment.ts';

/** Of a server: Segment takes 500 KB a request; history is sent in larger ones. */
const SERVER_LIMITS: Limits = { bytes: 5 * 1024 * 1024, events: 5_000 };
/** With the site key alone, as of a page. */
const BROWSER_LIMITS: Limits = { bytes: 512 * 1024, events: 500 };

type Body = Readonly<Record<string, unknown>>;

/** Who sends, and the site, as far as the headers say it. */
type Credentials = { rights: Rights; site?: string; limits: Limits };

/** An API key is either half of Basic, or the bearer; the other half of Basic names the site. */
async function readCredentials(call: Call, ports: CollectorPorts): Promise<Credentials> {
  const { authorization } = call.request.headers;
  const { user, password } = basicPair(authorization);
  const halves = [password, user, bearerToken(authorization)];
  const apiKey = halves.find((half) => half !== undefined && isApiKey(half));
  const site = [user, password].find((half) => half !== undefined && !isApiKey(half));
  const named = site === undefined ? {} : { site };
  if (apiKey !== undefined)
    return { rights: await serverRights(apiKey, call, ports), limits: SERVER_LIMITS, ...named };
  return {
    rights: browserRights(call, ports),
    limits: BROWSER_LIMITS,
    ...(user === undefined ? {} : { site: user }),
  };
}

function readWriteKey({ writeKey }: Body): string | undefined {
  return typeof writeKey === 'string' && writeKey !== '' ? writeKey : undefined;
}

/** The site that a body names; an API key that opens one site alone needs none. */
function requireNamedSite(body: Body, { reach, requireSite }: Rights, ports: CollectorPorts) {
  const key = readWriteKey(body);
  if (key !== undefined) return requireSite(key);
  if (reach !== undefined) return requireOnlySite(reach, ports);
  throw collectorFailure(
    'unauthorized',
    'send the site key as user name of "Authorization: Basic …", or as writeKey',
    { where: 'authorization' },
  );
}

type SegmentCall = {
  site: IntakeSite;
  sender: Rights['sender'];
  body: Body;
  messages: EventList;
  owner: string;
};

/** Reads the body of a request. */
type Parse = (text: string, limits: Limits, owner: string) => Promise<{ body: Body; messages: EventList }>;

/** Reads a request once its site is known, if it can be before. */
async function readRequest(call: Call, parse: Parse, ports: CollectorPorts): Promise<SegmentCall> {
  const { rights, limits, site: key } = await readCredentials(call, ports);
  const named = key === undefined ? undefined : await rights.requireSite(key);
  const owner = turnOwner(rights.sender, rights.reach?.tenantId);
  const text = await readBody(call.request, limits.bytes, call.held);
  const { body, messages } = await parse(text, limits, owner);
  const site = named ?? (await requireNamedSite(body, rights, ports));
  return { site, sender: segmentSender(rights.sender), body, messages, owner };
}

/** Segment's clients name the visitor. The agent of a program is not the visitor's, that of a page is. */
function segmentSender(sender: Rights['sender']): Rights['sender'] {
  if (sender.kind === 'server') return sender;
  const userAgent = sender.origin === undefined ? undefined : sender.userAgent;
  return { ...sender, userAgent, namesVisitor: true };
}

/** Segment's answer; with the messages that were refused, by their place in the batch. */
function buildReply(taken: IntakeAnswer): Reply {
  const { rejected } = taken;
  const success = rejected.length === 0;
  return { ...jsonReply(200, { success, ...(success ? {} : { rejected }) }), taken };
}

/** Takes messages of a body: a list of any type, or one whose type the path says. */
function handler(parse: Parse, type?: string): Handler {
  return async (call, ports) => {
    const { site, sender, body, messages, owner } = await readRequest(call, parse, ports);
    const { sentAt, context } = body;
    const said: SegmentRequest = { site, now: ports.now(), sentAt, context };
    const placed = await mapInTurns(segmentEvents(messages, said, type), (one) => one, owner);
    const mapped = placed.map(({ event }) => event);
    const events = Object.assign(mapped, { weight: mapped.length + messages.weight - messages.length });
    const { accepted, rejected } = await takeEvents({ site, sender, events, owner }, ports);
    const inBatch = rejected.map((refusal) => ({ ...refusal, index: placed[refusal.index]?.index ?? 0 }));
    return buildReply({ accepted, rejected: inBatch });
  };
}

const batch = handler(async (text, limits, owner) => {
  const shape = { shape: '{"batch": [{"type": "track", …}]}', where: 'batch', maxEvents: limits.events };
  const { body, events } = await parseBody(text, shape, owner);
  return { body, messages: events };
});

const single: Parse = async (text, _limits, owner) => {
  const body = await parseObject(text, '{"anonymousId": "…", …}', owner);
  return { body, messages: listEvents([body], text.length) };
};

/** Paths of Segment's HTTP API by call, and the short ones that its browser library uses. */
const CALLS = {
  track: ['track', 't'],
  page: ['page', 'p'],
  screen: ['screen', 's'],
  identify: ['identify', 'i'],
  alias: ['alias', 'a'],
  group: ['group', 'g'],
} as const;

const calls = Object.entries(CALLS).flatMap(([type, paths]) => {
  const one = handler(single, type);
  return paths.map((path): [string, Handler] => [path, one]);
});

/** Segment's HTTP API: each path and what takes it. */
export const SEGMENT_PATHS: readonly (readonly [path: string, handler: Handler])[] = [
  ...['batch', 'import', 'b'].map((path): [string, Handler] => [path, batch]),
  ...calls,
].map(([path, handler]) => [`/v1/${path}`, handler] as const);
