import { type Derived, derive } from '@footfall/core/derive';
import type { Outcome } from '@footfall/core/ledger';
import { LOGIC_VERSION } from '@footfall/core/logic-version';
import type { Lookups } from '@footfall/core/lookups';
import { isRawEvent, type RawEvent, type RejectedEvent } from '@footfall/core/raw-event';
import type { Touched } from '@footfall/core/touched';
import { countedUsage } from '@footfall/core/usage';
import { localDay } from '@footfall/core/zone';
import type { LedgerEntry, LedgerLine } from '@footfall/db/count/ledger';
import { utcMonth } from '@footfall/db/count/usage';
import type { EventLog, LogBatch, LogRecord } from '@footfall/eventlog/event-log';
import type { EventStore, EventToPut } from '@footfall/eventstore/event-store';
import { beginTurn } from '@footfall/timing/turn';

/** What deriving and counting need to know of a site: its time zone, and the domains that are its own. */
export type SiteFacts = { zone: string; domains: readonly string[] };

export type ProcessorPorts = {
  log: Pick<EventLog, 'append'>;
  store: Pick<EventStore, 'put'>;
  /** What the site says of itself; of one that is gone, UTC and no domains. */
  findSite(siteId: string): Promise<SiteFacts>;
  /** Whether a site was deleted: what comes of it is passed over, stored and counted nowhere. */
  isDeleted(siteId: string): Promise<boolean>;
  /** Counts each line exactly once, however often a batch is delivered. */
  applyLedger(entry: LedgerEntry): Promise<void>;
  lookups: Lookups;
  /** Told of each record that nothing can be made of: it counts as `invalid_event`, is set aside in `rejected`, and never stops its partition. */
  onPoison(where: string, error: unknown): void;
};

type Record = LogBatch['records'][number];
type Read = { record: Record; raw: RawEvent };
type Understood = Read & { derived: Derived };
type Sites = ReadonlyMap<string, SiteFacts>;
type Poison = { record: Record; raw: Pick<RawEvent, 'siteId' | 'receivedAt'> | null };

const recordOrigin = ({ stream, partition }: LogBatch, { offset, index }: Record) =>
  `${stream}/${partition}/${offset}/${index}`;

/** The event of a record. Throws when it is none. */
function readEvent(record: Record): Read {
  const raw: unknown = JSON.parse(record.value);
  if (!isRawEvent(raw)) throw new TypeError('the record is not an event');
  return { record, raw };
}

/** Whose a record is that is not a whole event, as far as it says. */
function readSender({ value }: Record): Poison['raw'] {
  try {
    const { siteId, receivedAt } = (JSON.parse(value) ?? {}) as Partial<RawEvent>;
    return typeof siteId === 'string' && Number.isSafeInteger(receivedAt)
      ? { siteId, receivedAt: receivedAt as number }
      : null;
  } catch {
    // No JSON: it names no site.
    return null;
  }
}

/**
 * What a step makes of each item; those that it throws at are poison. In turns of the event loop: a sender may make events that take a
 * millisecond each, and whoever keeps it for seconds loses the partition, with what was done.
 */
async function attempt<Item, Result>(
  items: readonly Item[],
  step: (item: Item) => Result,
  onPoison: (item: Item, error: unknown) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const turn = beginTurn('batch');
  for (const item of items) {
    if (turn.isOver()) await turn.next();
    try {
      results.push(step(item));
    } catch (error) {
      onPoison(item, error);
    }
  }
  turn.end();
  return results;
}

async function understand(
  batch: LogBatch,
  { lookups, onPoison, ...ports }: ProcessorPorts,
): Promise<{ events: Understood[]; poison: Poison[]; sites: Sites }> {
  const poison: Poison[] = [];
  const setAside = (record: Record, error: unknown) => {
    onPoison(recordOrigin(batch, record), error);
    poison.push({ record, raw: readSender(record) });
  };
  const read = await attempt(batch.records, readEvent, setAside);
  const sites = await loadSites([...read, ...poison.filter(isOwned)], ports);
  const events = await attempt(
    read,
    (event): Understood => ({
      ...event,
      derived: derive(event.raw, lookups, sites.get(event.raw.siteId)?.domains),
    }),
    ({ record }, error) => setAside(record, error),
  );
  return { events, poison, sites };
}

/** What nothing can be made of, set aside: the ledger has counted it where it came from. */
function deadLetters(batch: LogBatch, poison: readonly Poison[]): LogRecord[] {
  return poison.map(({ record, raw }) => {
    const siteId = raw?.siteId ?? '';
    const deadLetter = { origin: recordOrigin(batch, record), value: record.value };
    const { receivedAt } = record;
    const rejected: RejectedEvent = { siteId, reason: 'invalid_event', receivedAt, deadLetter };
    return { topic: 'rejected', key: siteId, value: JSON.stringify(rejected), receivedAt };
  });
}

function touchedRecords(stored: readonly Understood[], sites: Sites): LogRecord[] {
  const visitorDays = new Map<string, LogRecord>();
  for (const { raw } of stored) {
    const { siteId, visitor, receivedAt } = raw;
    const zone = findZone(sites, siteId);
    const day = localDay(zone, raw.occurredAt);
    const key = `${siteId}:${visitor}`;
    const known = visitorDays.get(day + key);
    // One record a visitor-day, as old as its oldest event: that is how far the reports lag.
    if (known !== undefined) known.receivedAt = Math.min(known.receivedAt, receivedAt);
    else {
      const touched: Touched = { siteId, day, zone, visitor };
      visitorDays.set(day + key, { topic: 'touched', key, value: JSON.stringify(touched), receivedAt });
    }
  }
  return [...visitorDays.values()];
}

function lastOffset(batch: LogBatch): number {
  return batch.records.reduce((last, { offset }) => Math.max(last, offset), -1);
}

/** What is known of all sites in a list of events. */
async function loadSites(
  owned: readonly { raw: { siteId: string } }[],
  { findSite }: Pick<ProcessorPorts, 'findSite'>,
): Promise<Sites> {
  const distinct = [...new Set(owned.map(({ raw }) => raw.siteId))];
  return new Map(await Promise.all(distinct.map(async (id) => [id, await findSite(id)] as const)));
}

const findZone = (sites: Sites, siteId: string) => sites.get(siteId)?.zone ?? 'UTC';

type Owned = { record: Record; raw: { siteId: string; receivedAt: number } };

const isOwned = (poison: Poison): poison is Owned => poison.raw !== null;

/** Those of a list whose site was not deleted. */
async function keepPresentSites<Of>(
  list: readonly Of[],
  readSite: (one: Of) => string | undefined,
  { isDeleted }: Pick<ProcessorPorts, 'isDeleted'>,
): Promise<Of[]> {
  const siteIds = [...new Set(list.flatMap((one) => readSite(one) ?? []))];
  const deleted = new Set<string>();
  for (const siteId of siteIds) if (await isDeleted(siteId)) deleted.add(siteId);
  return deleted.size === 0 ? [...list] : list.filter((one) => !deleted.has(readSite(one) ?? ''));
}

async function processEvents(batch: LogBatch, ports: ProcessorPorts): Promise<void> {
  const { events: all, poison: unclear, sites } = await understand(batch, ports);
  const events = await keepPresentSites(all, ({ raw }) => raw.siteId, ports);
  const poison = await keepPresentSites(unclear, ({ raw }) => raw?.siteId, ports);
  const puts = events.map(
    ({ record, raw, derived }): EventToPut => ({
      event: { raw, derived, logicVersion: LOGIC_VERSION },
      origin: recordOrigin(batch, record),
      rawText: record.value,
    }),
  );
  const outcomes = await ports.store.put(puts);
  const stored = events.filter((_, index) => outcomes[index] === 'stored');
  const said = [...touchedRecords(stored, sites), ...deadLetters(batch, poison)];
  if (said.length > 0) await ports.log.append(said);

  const line = ({ record, raw }: Owned, outcome: Outcome): LedgerLine => ({
    offset: record.offset,
    siteId: raw.siteId,
    day: localDay(findZone(sites, raw.siteId), raw.receivedAt),
    outcome,
    receivedAt: raw.receivedAt,
  });
  const usage = ({ raw }: Owned, counted: number): Pick<LedgerLine, 'usage'> => ({
    usage: { month: utcMonth(raw.receivedAt), counted },
  });
  const lines = events.map((event, index) => {
    const outcome = outcomes[index] ?? 'duplicate';
    const bytes = Buffer.byteLength(event.record.value);
    const counted = outcome === 'stored' ? countedUsage({ bot: event.derived.bot, bytes }) : 0;
    return { ...line(event, outcome), ...usage(event, counted) };
  });
  const bots = stored.filter(({ derived }) => derived.bot).map((event) => line(event, 'bot'));
  const refused = poison
    .filter(isOwned)
    .map((event) => ({ ...line(event, 'rejected:invalid_event'), ...usage(event, 0) }));
  await ports.applyLedger({
    stream: batch.stream,
    partition: batch.partition,
    lines: [...lines, ...bots, ...refused],
    lastOffset: lastOffset(batch),
  });
}

type Refused = { record: Record; event: RejectedEvent };

function readRejections(batch: LogBatch, { onPoison }: ProcessorPorts): Refused[] {
  return batch.records.flatMap((record) => {
    try {
      const event = JSON.parse(record.value) as RejectedEvent;
      // A dead letter was counted in its own place.
      return event.deadLetter === undefined ? [{ record, event }] : [];
    } catch (error) {
      onPoison(recordOrigin(batch, record), error);
      return [];
    }
  });
}

async function countRejected(batch: LogBatch, ports: ProcessorPorts): Promise<void> {
  const refused = await keepPresentSites(readRejections(batch, ports), ({ event }) => event.siteId, ports);
  const sites = await loadSites(
    refused.map(({ event }) => ({ raw: event })),
    ports,
  );
  const lines = refused.map(
    ({ record, event }): LedgerLine => ({
      offset: record.offset,
      siteId: event.siteId,
      day: localDay(findZone(sites, event.siteId), event.receivedAt),
      outcome: `rejected:${event.reason}`,
      count: event.count ?? 1,
    }),
  );
  await ports.applyLedger({
    stream: batch.stream,
    partition: batch.partition,
    lines,
    lastOffset: lastOffset(batch),
  });
}

/**
 * Takes one batch of the log into the event store. Every step may run again after a crash: the store knows an event's
 * origin, visitor-days may be folded twice, and the ledger remembers its position; the commit comes last.
 */
export async function processBatch(batch: LogBatch, ports: ProcessorPorts): Promise<void> {
  if (batch.topic === 'rejected') await countRejected(batch, ports);
  else await processEvents(batch, ports);
}
