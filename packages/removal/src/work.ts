import { type FoundState, FoundSummary } from '@footfall/core/found-events';
import type { StoredEvent } from '@footfall/core/stored-event';
import type { OpenRemoval, Portion } from '@footfall/db/count/removal';
import type { EventLog } from '@footfall/eventlog/event-log';
import type { EventStore } from '@footfall/eventstore/event-store';
import { buildPortion, stillThere, touchedBy } from './portion.ts';
import { lookThrough, type Received, spanToLookThrough } from './received.ts';

/** What is written down of removals; see db/count/removal.ts. */
export type RemovalNotes = {
  save(removal: OpenRemoval): Promise<boolean>;
  end(removal: OpenRemoval): Promise<void>;
  readPortion(siteId: string): Promise<Portion | null>;
  beginPortion(portion: Portion): Promise<void>;
  finishPortion(portion: Portion): Promise<void>;
};

export type RemovalPorts = {
  store: Pick<EventStore, 'span' | 'scanSite' | 'deleteEvents'>;
  log: Pick<EventLog, 'append'>;
  notes: RemovalNotes;
  now: () => number;
};

/** Events that are deleted at a time. */
const PORTION = 1_000;

/** How often it is written down how far a look is, milliseconds. */
const SAVE_EVERY_MS = 1_000;

/** A removal, and which events are meant where it is of one visitor. */
export type MeantRemoval = OpenRemoval & Pick<Received, 'isMeant'>;

const toReceived = ({ siteId, receivedFrom, receivedTo, sender, isMeant }: MeantRemoval): Received => ({
  siteId,
  from: receivedFrom,
  to: receivedTo,
  sender,
  isMeant,
});

/** What of a site would be removed. `zone` is the site's. */
export async function previewRemoval(
  received: Received,
  zone: string,
  { store }: { store: Pick<EventStore, 'span' | 'scanSite'> },
): Promise<FoundState> {
  const summary = new FoundSummary();
  const span = await spanToLookThrough(store, received);
  if (span !== null) {
    for (const { day, portions } of lookThrough(store, received, {
      zone,
      from: span.first,
      last: span.last,
    })) {
      for await (const events of portions) summary.add(events);
      summary.endDay(day);
    }
  }
  return summary.state();
}

/** Deletes what is noted, has its visitor-days folded again, and counts it. Each step may be done again. */
async function endPortion(
  portion: Portion,
  { events, zone }: { events: Portion['events']; zone: string },
  { store, log, notes, now }: RemovalPorts,
): Promise<void> {
  const { siteId } = portion;
  if (events.length > 0) await store.deleteEvents(siteId, events);
  await log.append(touchedBy({ siteId, zone, now: now() }, portion.events));
  await notes.finishPortion(portion);
}

/** Ends what somebody was deleting when he was killed. */
async function endLeftPortion(removal: MeantRemoval, ports: RemovalPorts): Promise<void> {
  const left = await ports.notes.readPortion(removal.siteId);
  // One of another removal waits for that one: it knows which events are meant.
  if (left === null || left.removalId !== removal.id) return;
  const events = await stillThere(ports.store, toReceived(removal), left.events);
  await endPortion(left, { events, zone: removal.zone }, ports);
}

async function remove(
  found: readonly StoredEvent[],
  removal: MeantRemoval,
  ports: RemovalPorts,
): Promise<void> {
  for (let from = 0; from < found.length; from += PORTION) {
    const portion = buildPortion(removal, found.slice(from, from + PORTION));
    await ports.notes.beginPortion(portion);
    await endPortion(portion, { events: portion.events, zone: removal.zone }, ports);
  }
}

/** A removal that knows what it has to look through; null when there is nothing. */
async function begun(removal: MeantRemoval, { store }: RemovalPorts): Promise<MeantRemoval | null> {
  if (removal.firstAt !== null && removal.lastAt !== null) return removal;
  const span = await spanToLookThrough(store, toReceived(removal));
  return span === null ? null : { ...removal, firstAt: span.first, lastAt: span.last };
}

/**
 * Works on a removal for about `forMs`, a local day at least: looks through the site's events, and counts or removes those that are
 * meant, as its state says. Goes on where it or another was cut off. Whoever calls it holds the site's removals.
 */
export async function workOn(removal: MeantRemoval, ports: RemovalPorts, forMs: number): Promise<void> {
  const { notes, now } = ports;
  const started = now();
  if (removal.state === 'removing') {
    await endLeftPortion(removal, ports);
    const other = await notes.readPortion(removal.siteId);
    if (other !== null) return;
  }
  const known = await begun(removal, ports);
  if (known === null) return notes.end(removal);
  const { zone, state, firstAt, lastAt } = known;
  const summary = new FoundSummary(known.found ?? undefined);
  const span = { zone, from: known.nextFrom ?? Number(firstAt), last: Number(lastAt) };
  let savedAt = started;
  const save = (nextFrom: number) => {
    savedAt = now();
    const found = state === 'counting' ? summary.state() : known.found;
    return notes.save({ ...known, nextFrom, found });
  };
  let next = span.from;
  for (const { day, to, portions } of lookThrough(ports.store, toReceived(known), span)) {
    for await (const events of portions) {
      if (state === 'counting') summary.add(events);
      else await remove(events, known, ports);
    }
    if (state === 'counting') summary.endDay(day);
    next = to;
    const isLate = now() - started >= forMs;
    if (!isLate && now() - savedAt < SAVE_EVERY_MS) continue;
    if (!(await save(next)) || isLate) return;
  }
  if (await save(next)) await notes.end(known);
}
