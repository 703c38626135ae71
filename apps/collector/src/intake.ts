import { randomUUID } from 'node:crypto';
import { REJECTIONS, type RejectionReason } from '@footfall/core/rejection';
import { cutAddresses } from '@footfall/core/stored-address';
import { type Intake, type Rejection, type ValidEvent, validateEvent } from '@footfall/core/validate';
import { localDay } from '@footfall/core/zone';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { isOriginAllowed } from './cors.ts';
import { eventRecord, rejectedRecord } from './envelope.ts';
import { collectorFailure } from './errors.ts';
import { type Exclusion, loadExclusion } from './exclusions.ts';
import { type DatedEvent, type IdentityKeys, identify, resolveAddress, type Sender } from './identify.ts';
import { mapInTurns, turnOwner } from './in-turns.ts';
import { type CollectorPorts, type IntakeSite, loadSalts } from './ports.ts';
import { OVERSIZED } from './request-body.ts';

/** Events of one site, as they came, and who sent them. */
export type Take = {
  site: IntakeSite;
  sender: Sender;
  events: Iterable<unknown> & {
    length: number;
    /** What they count for limits; as many as they are unless it is said. */
    weight?: number;
  };
  /** Whose work it is, see {@link turnOwner}; said where it was worked out before. */
  owner?: string;
};

/** What became of the events: all that is not refused is accepted. */
export type IntakeAnswer = {
  accepted: number;
  rejected: { index: number; id: string | null; reason: RejectionReason; message: string }[];
};

type Checked = ({ ok: true } & DatedEvent) | Rejection;

function rejection(reason: RejectionReason, id: string | undefined): Rejection {
  return { ok: false, reason, message: REJECTIONS[reason], ...(id === undefined ? {} : { id }) };
}

/** Whether the site takes anything from the page that sent this. */
function checkOrigin({ site, sender, events }: Take, { refusals }: CollectorPorts): void {
  if (isOriginAllowed(sender.origin, site.allowedOrigins)) return;
  refusals.note(site.id, 'origin_not_allowed', events.length);
  const allowed = site.allowedOrigins.join(', ');
  throw collectorFailure(
    'origin_not_allowed',
    `the site does not take events from ${sender.origin?.slice(0, 200)}; it takes them from ${allowed}`,
  );
}

const weigh = ({ length, weight = length }: Take['events']): number => weight;

/** Whether the site sends no more than its plan takes at a time. */
function checkRate({ site, events }: Take, perSecond: number | null, ports: CollectorPorts): void {
  const { rates, refusals } = ports;
  const waitMs = perSecond === null ? 0 : rates.take(site.id, weigh(events), perSecond);
  if (waitMs === 0) return;
  refusals.note(site.id, 'rate_limited', events.length);
  ports.limited('plan', site.id);
  throw collectorFailure('rate_limited', `the plan of this site takes ${perSecond} events a second`, {
    retryAfter: Math.ceil(waitMs / 1_000),
  });
}

/** Whether one network sends no more to the site with the site key alone than one sender may. */
function checkSender({ site, sender, events }: Take, ports: CollectorPorts): void {
  const { rates, refusals, eventsPerSecond } = ports;
  if (sender.kind !== 'browser' || sender.network === undefined || eventsPerSecond === 0) return;
  const waitMs = rates.take(`events ${sender.network} ${site.id}`, weigh(events), eventsPerSecond);
  if (waitMs === 0) return;
  refusals.note(site.id, 'rate_limited', events.length);
  ports.limited('events', site.id);
  throw collectorFailure('rate_limited', `one address may send ${eventsPerSecond} events a second`, {
    retryAfter: Math.ceil(waitMs / 1_000),
  });
}

const OVERSIZED_MESSAGE = `${REJECTIONS.invalid_event}: it is longer than 262,144 characters, or has more than 65,536 values`;

/** Step 1: is it an event, and does the site want it? A site that is switched off refuses each, so that its ledger shows them. */
function check(input: unknown, intake: Intake, { site, sender }: Take, exclusion: Exclusion | null): Checked {
  if (input === OVERSIZED) return { ...rejection('invalid_event', undefined), message: OVERSIZED_MESSAGE };
  const result = validateEvent(input, intake);
  if (!site.enabled) return rejection('site_disabled', result.ok ? result.event.id : result.id);
  if (!result.ok) return result;
  const { event } = result;
  const unwanted = exclusion?.(event, resolveAddress(event, sender)) ?? null;
  if (unwanted !== null) return rejection(unwanted, event.id);
  cutAddresses(event, site.keptParams);
  return { ok: true, event, day: placeOnDay(event, site.timezone) };
}

/**
 * The local day of an event. Engagement that is sent after midnight belongs to the visit of its page view, on the day before: it is counted at
 * the time of that view, by the salt of that day.
 */
function placeOnDay(event: ValidEvent, timezone: string): string {
  const day = localDay(timezone, event.occurredAt);
  const { viewedAt } = event;
  if (viewedAt === undefined) return day;
  delete event.viewedAt;
  const viewedOn = localDay(timezone, viewedAt);
  if (viewedOn !== day) event.occurredAt = viewedAt;
  return viewedOn;
}

/** Step 2: as many as the tenant's month has room for, in their order. */
async function withinQuota(
  checked: readonly Checked[],
  { tenantId }: IntakeSite,
  limit: number | null,
  { quota }: CollectorPorts,
): Promise<{ checked: readonly Checked[]; giveBack(): void }> {
  const wanted = checked.reduce((count, { ok }) => count + Number(ok), 0);
  const room = await quota.take(tenantId, wanted, limit);
  let left = room;
  const admitted = checked.map((result): Checked => {
    if (!result.ok) return result;
    left -= 1;
    return left >= 0 ? result : rejection('over_quota', result.event.id);
  });
  return { checked: admitted, giveBack: () => quota.giveBack(tenantId, room) };
}

/** Step 3: the days whose salts are needed; nothing after it waits for anything before the log. */
function saltedDays(checked: readonly Checked[]): Set<string> {
  const days = new Set<string>();
  for (const result of checked) {
    if (result.ok && result.event.statedVisitor === undefined) days.add(result.day);
  }
  return days;
}

/** Steps 4 to 6: who was it, cut the address, put it into its envelope. */
function buildRecord(checked: Checked, take: Take, keys: IdentityKeys & { now: number }): LogRecord {
  const { site, sender } = take;
  const tally = { siteId: site.id, day: localDay(site.timezone, keys.now) };
  if (checked.ok) return eventRecord(identify(checked, sender, keys), tally);
  const { id, reason } = checked;
  const refused = { siteId: site.id, reason, receivedAt: keys.now, ...(id === undefined ? {} : { id }) };
  return rejectedRecord(refused, tally);
}

function summarizeIntake(checked: readonly Checked[]): IntakeAnswer {
  const rejected = checked.flatMap((result, index) => {
    if (result.ok) return [];
    const { id = null, reason, message } = result;
    return [{ index, id, reason, message }];
  });
  return { accepted: checked.length - rejected.length, rejected };
}

/** The first of the events that were taken tells whether the site's own pages send. */
function noteOwnEvent(checked: readonly Checked[], site: IntakeSite, { ownEvents }: CollectorPorts): void {
  const first = checked.find(({ ok }) => ok);
  if (first?.ok) ownEvents.note(site, first.event.url);
}

/**
 * Takes events of one site: check, quota, salts, identify, truncate, envelope, append. Resolves when the accepted and the refused
 * are durable in the log; a refused event stops no other.
 * @throws Failure `origin_not_allowed`, `rate_limited`, of the event log, or `unavailable`, when nothing of the request was taken
 */
export async function takeEvents(take: Take, ports: CollectorPorts): Promise<IntakeAnswer> {
  const { site, sender } = take;
  checkOrigin(take, ports);
  checkSender(take, ports);
  const { eventsPerMonth, eventsPerSecond } = await ports.allowanceOf(site.tenantId);
  checkRate(take, eventsPerSecond, ports);
  const exclusion = await loadExclusion(site, ports.countries);
  const now = ports.now();
  const namesVisitor = sender.kind === 'browser' && sender.namesVisitor === true;
  const intake: Intake = { sender: sender.kind, namesVisitor, site, now, newId: randomUUID };
  const owner = take.owner ?? turnOwner(sender, site.tenantId);
  const wanted = await mapInTurns(take.events, (input) => check(input, intake, take, exclusion), owner);
  const { checked, giveBack } = await withinQuota(wanted, site, eventsPerMonth, ports);
  try {
    const salts = await loadSalts(saltedDays(checked), ports);
    const keys = { salts, statedKeyFor: ports.statedKeyFor, now };
    await ports.log.append(await mapInTurns(checked, (result) => buildRecord(result, take, keys), owner));
  } catch (error) {
    giveBack();
    throw error;
  }
  noteOwnEvent(checked, site, ports);
  const answer = summarizeIntake(checked);
  if (site.formerKey) ports.formerKeys.note(site.formerKey, answer.accepted);
  return answer;
}
