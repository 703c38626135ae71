import { Failure } from '@footfall/core/failure';
import { REJECTIONS, type RejectionReason } from '@footfall/core/rejection';
import { validateEvent } from '@footfall/core/validate';
import { readBody } from '../body.ts';
import { collectorFailure } from '../errors.ts';
import { mapInTurns, turnOwner } from '../in-turns.ts';
import { takeEvents } from '../intake.ts';
import type { CollectorPorts, IntakeSite } from '../ports.ts';
import { acceptedReply, jsonReply, NO_STORE } from '../reply.ts';
import { parseBody } from '../request-body.ts';
import { type Rights, serverRights } from '../rights.ts';
import type { Call, Handler, Limits } from '../route.ts';
import { asText } from './shapes/fields.ts';
import { ga4Events } from './shapes/ga4.ts';

/** GA4 takes 25 events in 130 kB; some senders write long. */
const LIMITS: Limits = { bytes: 1024 * 1024, events: 25 };
const SHAPE = {
  shape: '{"client_id": "…", "events": [{"name": "page_view", "params": {…}}]}',
  where: 'events',
  maxEvents: LIMITS.events,
};

type Hit = {
  site: IntakeSite;
  sender: Rights['sender'];
  events: readonly unknown[] & { weight: number };
  now: number;
  owner: string;
};

/** The site of `measurement_id`, when `api_secret` may send to it. */
async function authenticateSite(call: Call, ports: CollectorPorts): Promise<Pick<Hit, 'site' | 'sender'>> {
  const asked = new URLSearchParams(call.query);
  const [key, secret] = [asked.get('measurement_id'), asked.get('api_secret')];
  if (key === null || key === '')
    throw collectorFailure('invalid_query', 'the address needs the site key: ?measurement_id=ff_…', {
      where: 'measurement_id',
    });
  if (secret === null || !/^\S+$/.test(secret))
    throw collectorFailure('unauthorized', 'the address needs an API key with ingest: &api_secret=ffk_…', {
      where: 'api_secret',
    });
  const { sender, requireSite } = await serverRights(secret, call, ports);
  return { site: await requireSite(key), sender };
}

/**
 * The events of a request, mapped but not looked at.
 * @throws Failure `invalid_query`, `unauthorized`, `forbidden`, `unknown_site`, `invalid_json`, `invalid_body`, `too_large`, `unavailable`
 */
async function readHit(call: Call, ports: CollectorPorts): Promise<Hit> {
  // Before the body: strangers make nobody read it.
  const { site, sender } = await authenticateSite(call, ports);
  const owner = turnOwner(sender, site.tenantId);
  const text = await readBody(call.request, LIMITS.bytes, call.held);
  const { body, events: said } = await parseBody(text, SHAPE, owner);
  if (asText(body.client_id) === undefined && asText(body.app_instance_id) === undefined)
    throw collectorFailure(
      'invalid_body',
      'client_id is missing: without it nobody knows whose events these are',
      {
        where: 'client_id',
      },
    );
  const now = ports.now();
  const mapped = await mapInTurns(ga4Events(said, { body, site, now }), (event) => event, owner);
  const events = Object.assign(mapped, { weight: said.weight });
  return { site, sender, now, events, owner };
}

/** `POST /mp/collect`: GA4's Measurement Protocol. 204 as there; when some events were refused, 202 with our list of them. */
export const ga4: Handler = async (call, ports) => {
  const { now: _now, ...take } = await readHit(call, ports);
  const taken = await takeEvents(take, ports);
  return taken.rejected.length === 0
    ? { status: 204, headers: NO_STORE, body: '', taken }
    : acceptedReply(taken);
};

/** What GA4's validation server says of a request. */
type ValidationMessage = { fieldPath: string; description: string; validationCode: string };

const BAD_VALUE = 'VALUE_INVALID';

/** GA4's field and code of each of our reasons. */
const MESSAGES: Readonly<Record<RejectionReason, readonly [field: string, code: string]>> = {
  invalid_json: ['', BAD_VALUE],
  invalid_event: ['', BAD_VALUE],
  unknown_site: ['', BAD_VALUE],
  site_disabled: ['', BAD_VALUE],
  origin_not_allowed: ['', BAD_VALUE],
  invalid_url: ['.params.page_location', BAD_VALUE],
  invalid_name: ['.name', 'NAME_INVALID'],
  invalid_timestamp: ['.timestamp_micros', BAD_VALUE],
  too_old: ['.timestamp_micros', 'VALUE_OUT_OF_BOUNDS'],
  in_future: ['.timestamp_micros', 'VALUE_OUT_OF_BOUNDS'],
  visitor_required: ['', 'VALUE_REQUIRED'],
  too_many_props: ['.params', 'EXCEEDED_MAX_ENTITIES'],
  prop_too_long: ['.params', 'VALUE_OUT_OF_BOUNDS'],
  invalid_revenue: ['.params.value', BAD_VALUE],
  unknown_currency: ['.params.currency', BAD_VALUE],
  over_quota: ['', BAD_VALUE],
  rate_limited: ['', BAD_VALUE],
  blocked_ip: ['', BAD_VALUE],
  blocked_page: ['.params.page_location', BAD_VALUE],
  excluded_hostname: ['.params.page_location', BAD_VALUE],
};

/** What GA4 calls what a request is refused for as a whole. */
const CODES: Readonly<Record<string, string>> = {
  invalid_query: 'VALUE_REQUIRED',
  too_large: 'EXCEEDED_MAX_ENTITIES',
};

/** Where our failures name a field by another name than GA4's. */
const PATHS: Readonly<Record<string, string>> = { site: 'measurement_id', authorization: 'api_secret' };

function toValidationMessage(reason: RejectionReason, at: string, description: string): ValidationMessage {
  const [field, validationCode] = MESSAGES[reason];
  return { fieldPath: at + field, description, validationCode };
}

function validateEvents({ site, events, now }: Hit): ValidationMessage[] {
  const intake = { sender: 'server', site, now, newId: () => 'none' } as const;
  const wrong = events.flatMap((event, index) => {
    const result = validateEvent(event, intake);
    return result.ok ? [] : [toValidationMessage(result.reason, `events[${index}]`, result.message)];
  });
  return site.enabled
    ? wrong
    : [toValidationMessage('site_disabled', 'measurement_id', REJECTIONS.site_disabled), ...wrong];
}

/** `POST /debug/mp/collect`: what would become of the events, in the shape of GA4's validation server. Nothing is kept. */
export const ga4Debug: Handler = async (call, ports) => {
  try {
    return jsonReply(200, { validationMessages: validateEvents(await readHit(call, ports)) });
  } catch (error) {
    if (!(error instanceof Failure) || error.status >= 500) throw error;
    const { code, message, where = '' } = error;
    const fieldPath = PATHS[where] ?? where;
    const validationCode = CODES[code] ?? BAD_VALUE;
    return jsonReply(200, { validationMessages: [{ fieldPath, description: message, validationCode }] });
  }
};
