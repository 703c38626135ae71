import { randomUUID } from 'node:crypto';
import { REJECTIONS, type RejectionReason } from '@footfall/core/rejection';
import { type Intake, type Rejection, validateEvent } from '@footfall/core/validate';
import { localDay } from '@footfall/core/zone';
import type { LogRecord } from '@footfall/eventlog/event-log';
import { eventRecord, rejectedRecord } from './envelope.ts';
import { type DatedEvent, type IdentityKeys, identify, type Sender } from './identify.ts';
import { type CollectorPorts, type IntakeSite, saltsOf } from './ports.ts';

/** Events of one site, as they came, and who sent them. */
export type Take = { site: IntakeSite; sender: Sender; events: readonly unknown[] };

/** What became of the events: all that is not refused is accepted. */
export type IntakeAnswer = {
  accepted: number;
  rejected: { index: number; id: string | null; reason: RejectionReason; message: string }[];
};

type Checked = { ok: true; event: DatedEvent } | Rejection;

/** Step 1: is it an event, and does the site take any? A site that is switched off refuses each, so that its ledger shows them. */
function check(input: unknown, intake: Intake, site: IntakeSite): Checked {
  const result = validateEvent(input, intake);
  if (!site.enabled) {
    const id = result.ok ? result.event.id : result.id;
    const message = REJECTIONS.site_disabled;
    return { ok: false, reason: 'site_disabled', message, ...(id === undefined ? {} : { id }) };
  }
  if (!result.ok) return result;
  const { event } = result;
  return { ok: true, event: { ...event, day: localDay(site.timezone, event.occurredAt) } };
}

/** Step 2: the days whose salts are needed; nothing after it waits for anything before the log. */
function saltedDays(checked: readonly Checked[]): Set<string> {
  const days = new Set<string>();
  for (const result of checked) {
    if (result.ok && result.event.statedVisitor === undefined) days.add(result.event.day);
  }
  return days;
}

/** Steps 3 to 5: who was it, cut the address, put it into its envelope. */
function recordOf(checked: Checked, take: Take, keys: IdentityKeys & { now: number }): LogRecord {
  const { site, sender } = take;
  const tally = { siteId: site.id, day: localDay(site.timezone, keys.now) };
  if (checked.ok) return eventRecord(identify(checked.event, sender, keys), tally);
  const { id, reason } = checked;
  const refused = { siteId: site.id, reason, receivedAt: keys.now, ...(id === undefined ? {} : { id }) };
  return rejectedRecord(refused, tally);
}

function answerOf(checked: readonly Checked[]): IntakeAnswer {
  const rejected = checked.flatMap((result, index) => {
    if (result.ok) return [];
    const { id = null, reason, message } = result;
    return [{ index, id, reason, message }];
  });
  return { accepted: checked.length - rejected.length, rejected };
}

/**
 * Takes events of one site: check, salts, identify, truncate, envelope, append. Resolves when the accepted and the refused
 * are durable in the log; a refused event stops no other.
 * @throws Failure of the event log, or `unavailable`, when nothing of the request was taken
 */
export async function takeEvents(take: Take, ports: CollectorPorts): Promise<IntakeAnswer> {
  const { site, sender, events } = take;
  const now = ports.now();
  const intake: Intake = { sender: sender.kind, site, now, newId: randomUUID };
  const checked = events.map((input) => check(input, intake, site));
  const salts = await saltsOf(saltedDays(checked), ports);
  const keys = { salts, statedVisitorKey: ports.statedVisitorKey, now };
  await ports.log.append(checked.map((result) => recordOf(result, take, keys)));
  return answerOf(checked);
}
