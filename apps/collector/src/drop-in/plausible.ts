import type { IncomingMessage } from 'node:http';
import { Failure } from '@footfall/core/failure';
import type { JsonObject } from '@footfall/core/json';
import { REJECTIONS, type RejectionReason } from '@footfall/core/rejection';
import { parseHop } from '@footfall/service/client-address';
import { readBody } from '../body.ts';
import type { Caller } from '../caller.ts';
import { turnOwner } from '../in-turns.ts';
import { type IntakeAnswer, type Take, takeEvents } from '../intake.ts';
import { type CollectorPorts, findNamedSite, type IntakeSite, type KeyReach } from '../ports.ts';
import { jsonReply, NO_STORE, type Reply } from '../reply.ts';
import { listEvents, parseObject } from '../request-body.ts';
import { readRights } from '../rights.ts';
import type { Handler } from '../route.ts';
import { plausibleDomains, plausibleEvent } from './shapes/plausible.ts';

const MAX_BYTES = 256 * 1024;
/** Sites that an event may be for: a look-up each. */
const MAX_DOMAINS = 20;
const SHAPE = '{"name": "pageview", "url": "https://…", "domain": "shop.example"}';

/** The field that Plausible names with an event that is wrong in itself; what is refused for another reason is dropped in silence there. */
const FIELDS: Partial<Record<RejectionReason, string>> = {
  invalid_event: 'request',
  invalid_name: 'event_name',
  invalid_url: 'url',
  too_many_props: 'props',
  prop_too_long: 'props',
  invalid_revenue: 'revenue_source',
  unknown_currency: 'revenue_source',
};

type Refused = { reason: RejectionReason; message: string };
/** What became of an event at one of the sites that it names. `failure`: it may be sent again for this site. */
type Outcome = { taken?: IntakeAnswer; refused?: Refused; failure?: Failure };

const refusal = (reason: RejectionReason): Refused => ({ reason, message: REJECTIONS[reason] });

const invalid = (errors: Record<string, readonly string[]>): Reply => jsonReply(400, { errors });

/**
 * Counts an event that no site has: at those that name its domain, which nobody has proven, or by the reply's metrics alone when nobody
 * names it.
 */
async function refuseUnknown(domain: string, ports: CollectorPorts): Promise<Refused> {
  for (const siteId of await ports.findClaimants(domain)) ports.refusals.note(siteId, 'unknown_site', 1);
  return refusal('unknown_site');
}

/** The sites that are named, each once however often and however it is written; the name itself of each that is none. */
async function findSites(
  domains: readonly string[],
  who: { reach: KeyReach | undefined; caller: Caller },
  ports: CollectorPorts,
): Promise<(IntakeSite | string)[]> {
  const sites = new Map<string, IntakeSite | string>();
  for (const domain of domains) {
    const site = await findNamedSite(domain, who, ports);
    sites.set(site?.id ?? domain, site ?? domain);
  }
  return [...sites.values()];
}

async function takeFor(take: Take, ports: CollectorPorts): Promise<Outcome> {
  try {
    const taken = await takeEvents(take, ports);
    const [refused] = taken.rejected;
    return { taken, ...(refused === undefined ? {} : { refused }) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // One site's page may be another's stranger.
    if (error.code === 'origin_not_allowed') return { refused: refusal(error.code) };
    if (error.code === 'rate_limited') return { refused: refusal(error.code), failure: error };
    throw error;
  }
}

/** The visitor that a server with an API key sends for, as Plausible's Events API has it: in the headers. */
function visitorBehind({ headers }: IncomingMessage): JsonObject {
  const [ip] = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',', 1);
  return { ip: ip === undefined ? undefined : parseHop(ip), user_agent: headers['user-agent'] };
}

/** One answer for all sites: as Plausible's, with the reason beside it for whoever looks why an event is not there. */
function buildReply(outcomes: readonly Outcome[]): Reply {
  const refused = outcomes.flatMap((outcome) => outcome.refused ?? []);
  const told = refused.flatMap(({ reason, message }) => {
    const field = FIELDS[reason];
    return field === undefined ? [] : [[field, [message]] as const];
  });
  const reply: Reply =
    told.length === 0
      ? { status: 202, headers: { 'content-type': 'text/plain; charset=utf-8', ...NO_STORE }, body: 'ok' }
      : invalid(Object.fromEntries(told));
  const dropped: Record<string, string> =
    refused.length === 0
      ? {}
      : {
          'x-plausible-dropped': String(refused.length),
          'x-footfall-reason': [...new Set(refused.map(({ reason }) => reason))].join(', '),
        };
  const taken: IntakeAnswer = {
    accepted: outcomes.reduce((sum, outcome) => sum + (outcome.taken?.accepted ?? 0), 0),
    rejected: outcomes.flatMap(
      ({ taken, refused }) => taken?.rejected ?? (refused && [{ index: 0, id: null, ...refused }]) ?? [],
    ),
  };
  return { ...reply, headers: { ...reply.headers, ...dropped }, taken };
}

/** The answer to a body that is not an object of JSON. Throws what else went wrong. */
function shapeless(error: unknown): Reply {
  if (error instanceof Failure && error.status === 400) return invalid({ request: [error.message] });
  throw error;
}

/**
 * `POST /api/event`: an event of Plausible's script, or of a server that speaks its Events API. The answer is Plausible's: 202 `ok`,
 * with `x-plausible-dropped` when it was not taken, and 400 with `errors` by field when it is wrong in itself.
 */
export const plausible: Handler = async (call, ports) => {
  const rights = await readRights(call, ports);
  const owner = turnOwner(rights.sender, rights.reach?.tenantId);
  const text = await readBody(call.request, MAX_BYTES, call.held);
  let body: Readonly<Record<string, unknown>>;
  try {
    body = await parseObject(text, SHAPE, owner);
  } catch (error) {
    return shapeless(error);
  }
  const domains = plausibleDomains(body);
  if (domains.length === 0) return invalid({ domain: ["can't be blank"] });
  if (domains.length > MAX_DOMAINS) return invalid({ domain: [`names more than ${MAX_DOMAINS} sites`] });
  const outcomes: Outcome[] = [];
  const { sender, reach } = rights;
  const who = { reach, caller: call.caller };
  const visitor = sender.kind === 'server' ? visitorBehind(call.request) : {};
  const one = (site: IntakeSite) => listEvents([{ ...plausibleEvent(body, site), ...visitor }], text.length);
  for (const site of await findSites(domains, who, ports)) {
    outcomes.push(
      typeof site === 'string'
        ? { refused: await refuseUnknown(site, ports) }
        : await takeFor({ site, sender, events: one(site), owner }, ports),
    );
  }
  const { failure } = outcomes.find((outcome) => outcome.failure !== undefined) ?? {};
  // Where one site has the event it must not come again for the others: it has no id by which it would count once.
  if (failure !== undefined && outcomes.every(({ taken }) => taken === undefined)) throw failure;
  return buildReply(outcomes);
};
