import { readBody } from '../body.ts';
import { readSender } from '../browser.ts';
import { collectorFailure } from '../errors.ts';
import { type IntakeAnswer, takeEvents } from '../intake.ts';
import { type CollectorPorts, type IntakeSite, requireSite } from '../ports.ts';
import { jsonReply, type Reply } from '../reply.ts';
import { parseObject, requireEvents } from '../request-body.ts';
import type { Call, Handler, Limits } from '../route.ts';
import { type SegmentRequest, segmentEvents } from './shapes/segment.ts';

/** Segment takes 500 KB a request; history is sent in larger ones. */
const LIMITS: Limits = { bytes: 5 * 1024 * 1024, events: 5_000 };
/** Of a request that says in its body alone whose it is, as those of browsers do. */
const MAX_UNNAMED_BYTES = 512 * 1024;

type Body = Readonly<Record<string, unknown>>;

/** The user name of `Authorization: Basic …`; the password is empty. */
export function basicUser(authorization: string | undefined): string | undefined {
  const [, encoded = ''] = /^Basic +([\w+/=-]+) *$/i.exec(authorization ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString().split(':', 1)[0] || undefined;
}

function readWriteKey({ writeKey }: Body): string {
  if (typeof writeKey === 'string' && writeKey !== '') return writeKey;
  throw collectorFailure(
    'unauthorized',
    'send the site key as user name of "Authorization: Basic …", or as writeKey',
    { where: 'authorization' },
  );
}

/** Reads a request once its site is known, if it can be before. */
async function readRequest(
  { request, held }: Call,
  shape: string,
  ports: CollectorPorts,
): Promise<{ site: IntakeSite; body: Body }> {
  const key = basicUser(request.headers.authorization);
  const named = key === undefined ? undefined : await requireSite(key, ports);
  const limit = named === undefined ? MAX_UNNAMED_BYTES : LIMITS.bytes;
  const body = parseObject(await readBody(request, limit, held), shape);
  const site = named ?? (await requireSite(readWriteKey(body), ports));
  return { site, body };
}

/** Segment's answer; with the messages that were refused, by their place in the batch. */
function buildReply(taken: IntakeAnswer): Reply {
  const { rejected } = taken;
  const success = rejected.length === 0;
  return { ...jsonReply(200, { success, ...(success ? {} : { rejected }) }), taken };
}

/** Takes messages of a body: a list of any type, or one whose type the path says. */
function handler(shape: string, messagesOf: (body: Body) => readonly unknown[], type?: string): Handler {
  return async (call, ports) => {
    const { site, body } = await readRequest(call, shape, ports);
    const { sentAt, context } = body;
    const { origin } = call.request.headers;
    // A page's script sends for the one who looks at it; a server for its customers.
    const browser = origin === undefined ? {} : { browser: readSender(call.request, ports) };
    const said: SegmentRequest = { site, now: ports.now(), sentAt, context, ...browser };
    const placed = segmentEvents(messagesOf(body), said, type);
    const events = placed.map(({ event }) => event);
    const { accepted, rejected } = await takeEvents(
      { site, sender: { kind: 'server', origin }, events },
      ports,
    );
    const inBatch = rejected.map((refusal) => ({ ...refusal, index: placed[refusal.index]?.index ?? 0 }));
    return buildReply({ accepted, rejected: inBatch });
  };
}

const batch = handler('{"batch": [{"type": "track", …}]}', (body) =>
  requireEvents(body, 'batch', LIMITS.events),
);

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
  const one = handler('{"anonymousId": "…", …}', (body) => [body], type);
  return paths.map((path): [string, Handler] => [path, one]);
});

/** Segment's HTTP API: each path and what takes it. */
export const SEGMENT_PATHS: readonly (readonly [path: string, handler: Handler])[] = [
  ...['batch', 'import', 'b'].map((path): [string, Handler] => [path, batch]),
  ...calls,
].map(([path, handler]) => [`/v1/${path}`, handler] as const);
