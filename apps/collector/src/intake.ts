import { randomUUID } from 'node:crypto';
import { truncateIp } from '@footfall/core/ip';
import type { RawEvent, RejectedEvent } from '@footfall/core/raw-event';
import { REJECTIONS, type RejectionReason } from '@footfall/core/rejection';
import { type Intake, type ValidEvent, validateEvent } from '@footfall/core/validate';
import { statedVisitorId, visitorId } from '@footfall/core/visitor';
import { localDay } from '@footfall/core/zone';
import type { EventLog, LogRecord } from '@footfall/eventlog/event-log';

/** What the collector must know of a site. */
export type IntakeSite = {
  id: string;
  tenantId: string;
  timezone: string;
  enabled: boolean;
  allowedOrigins: readonly string[];
  retentionDays: number;
};

export type CollectorPorts = {
  log: Pick<EventLog, 'append'>;
  /** By site key or id; null when there is none. */
  findSite(reference: string): Promise<IntakeSite | null>;
  /** Null when there is no such key. */
  findApiKey(apiKey: string): Promise<{ tenantId: string; scopes: readonly string[] } | null>;
  /** The salt of a site-local day. */
  saltOf(day: string): Promise<Uint8Array>;
  statedVisitorKey: Uint8Array;
  trustedProxies: ReadonlySet<string>;
  now(): number;
};

/** Who sent a request: a browser speaks for itself, a server for others. */
export type Sender = { kind: 'browser'; ip: string; userAgent: string | undefined } | { kind: 'server' };

export type IntakeAnswer = {
  accepted: number;
  rejected: { index: number; id: string | null; reason: RejectionReason; message: string }[];
};

const MAX_USER_AGENT = 1_000;

type Identified = { visitor: string; ip: string | undefined; userAgent: string | undefined };

async function identify(event: ValidEvent, { site, sender, ports }: Take): Promise<Identified> {
  const ip = sender.kind === 'browser' ? sender.ip : event.statedIp;
  const userAgent = sender.kind === 'browser' ? sender.userAgent?.slice(0, MAX_USER_AGENT) : event.userAgent;
  const day = localDay(site.timezone, event.occurredAt);
  const visitor =
    event.statedVisitor === undefined
      ? visitorId(await ports.saltOf(day), { siteId: site.id, ip: ip ?? '', userAgent: userAgent ?? '' })
      : statedVisitorId(ports.statedVisitorKey, { siteId: site.id, day, visitor: event.statedVisitor });
  // From here on nobody knows the whole address.
  return { visitor, ip: ip === undefined ? undefined : truncateIp(ip), userAgent };
}

function envelope(event: ValidEvent, { visitor, ip, userAgent }: Identified): RawEvent {
  const { statedVisitor: _visitor, statedIp: _ip, userAgent: _userAgent, ...said } = event;
  return {
    ...said,
    visitor,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(ip === undefined ? {} : { ip }),
  };
}

export type Take = { site: IntakeSite; sender: Sender; events: readonly unknown[]; ports: CollectorPorts };

/**
 * Takes a list of events of one site: validate, identify, truncate, envelope, append. Resolves when the accepted and the refused
 * are durable in the log; a refused event stops no other.
 * @throws Failure of the event log, when nothing of the request was taken
 */
export async function takeEvents(take: Take): Promise<IntakeAnswer> {
  const { site, sender, events, ports } = take;
  const now = ports.now();
  const intake: Intake = { sender: sender.kind, site, now, newId: randomUUID };
  const tally = { siteId: site.id, day: localDay(site.timezone, now) };
  const records: LogRecord[] = [];
  const rejected: IntakeAnswer['rejected'] = [];
  for (const [index, input] of events.entries()) {
    const result = validateEvent(input, intake);
    if (result.ok && site.enabled) {
      const raw = envelope(result.event, await identify(result.event, take));
      records.push({
        topic: 'events',
        key: `${site.id}:${raw.visitor}`,
        value: JSON.stringify(raw),
        receivedAt: now,
        tally,
      });
    } else {
      const { id, reason, message } = result.ok
        ? { id: result.event.id, reason: 'site_disabled' as const, message: REJECTIONS.site_disabled }
        : result;
      rejected.push({ index, id: id ?? null, reason, message });
      const refused: RejectedEvent = {
        siteId: site.id,
        reason,
        receivedAt: now,
        ...(id === undefined ? {} : { id }),
      };
      records.push({
        topic: 'rejected',
        key: site.id,
        value: JSON.stringify(refused),
        receivedAt: now,
        tally,
      });
    }
  }
  await ports.log.append(records);
  return { accepted: events.length - rejected.length, rejected };
}
