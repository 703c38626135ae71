import type { EventPlace, Span } from '../event-store.ts';
import { atOnce } from './at-once.ts';
import type { Claims } from './claims.ts';
import type { Cluster, Page } from './cluster.ts';
import type { DayShards } from './day-shards.ts';
import { idBytes, intBytes, keyHash, siteText, textBytes, timeBytes } from './key.ts';
import type { Orders } from './orders.ts';
import { candidates, countShards } from './shards.ts';
import {
  DELETE_DAY,
  DELETE_EVENT,
  DELETE_VISITOR,
  ID_OF_EVENT,
  IDS_OF_DAY,
  IDS_OF_VISITOR,
} from './statements.ts';
import { DAY_MS, utcDay, utcDays, wholeSpan } from './utc-day.ts';

export type RemovePorts = { cluster: Cluster; days: DayShards; claims: Claims; orders: Orders };

/** Events of one partition that are to go: how to find their ids, and how to delete them. */
type Part = { site: string; day: number; find: string; remove: string; params: Buffer[] };

/** Partitions that are being emptied at once. */
const AT_ONCE = 8;

/**
 * Deletes what a part has, and frees its ids. The ids first: whoever is interrupted does it again and finds what is left by the
 * events. These are deleted as of the time of the last one's writing, so what is put meanwhile or later stays, whatever the clocks say.
 */
async function removePart({ site, day, find, remove, params }: Part, ports: RemovePorts): Promise<number> {
  const partition = params.slice(0, 3);
  const siteBytes = Buffer.from(site);
  let count = 0;
  let written = 0n;
  let from: string | null = null;
  do {
    const page: Page = await ports.cluster.page(find, params, { partition, from });
    const ids = page.rows.map((row) => ({ site, siteBytes, day, id: row.event_id as Buffer }));
    if (ids.length > 0) await ports.claims.free(ids);
    const marks = page.rows.flatMap(({ order_mark: mark }) => (mark ? [Buffer.from(mark as Buffer)] : []));
    await ports.orders.free(siteBytes, marks);
    count += ids.length;
    for (const row of page.rows) if ((row.written as bigint) > written) written = row.written as bigint;
    from = page.next;
  } while (from !== null);
  if (count > 0) await ports.cluster.write(remove, [[written, ...params]], partition);
  return count;
}

async function removeParts(parts: readonly Part[], ports: RemovePorts): Promise<number> {
  let count = 0;
  await atOnce(AT_ONCE, parts, async (part) => {
    const removed = await removePart(part, ports);
    count += removed;
  });
  return count;
}

/** Deletes a visitor's events in a span; answers how many there were. */
export async function deleteVisitor(
  { siteId, visitor, span: asked }: { siteId: string; visitor: string; span: Span },
  ports: RemovePorts,
): Promise<number> {
  const site = siteText(siteId);
  const who = textBytes(visitor);
  const span = wholeSpan(asked);
  const { first, last } = utcDays(span);
  const days = await ports.days.between(site, first, last);
  const parts = days.flatMap(({ day, shards }) =>
    candidates(shards, keyHash(who)).map((shard) => ({
      ...{ site, day, find: IDS_OF_VISITOR, remove: DELETE_VISITOR },
      params: [
        Buffer.from(site),
        intBytes(day),
        intBytes(shard),
        who,
        timeBytes(span.from),
        timeBytes(span.to),
      ],
    })),
  );
  return removeParts(parts, ports);
}

/** Deletes single events; answers how many there were. */
export async function deleteEvents(
  { siteId, events }: { siteId: string; events: readonly EventPlace[] },
  ports: RemovePorts,
): Promise<number> {
  const site = siteText(siteId);
  let count = 0;
  for (const [day, own] of Map.groupBy(events, ({ occurredAt }) => utcDay(occurredAt))) {
    const days = await ports.days.between(site, day, day);
    const parts = days.flatMap(({ shards }) =>
      own.flatMap(({ id, visitor, occurredAt }) => {
        const [who, event] = [textBytes(visitor), [timeBytes(occurredAt), idBytes(id)]];
        return candidates(shards, keyHash(who)).map((shard) => ({
          ...{ site, day, find: ID_OF_EVENT, remove: DELETE_EVENT },
          params: [Buffer.from(site), intBytes(day), intBytes(shard), who, ...event],
        }));
      }),
    );
    count += await removeParts(parts, ports);
  }
  return count;
}

/** Deletes a site's events of the days that ended before an instant; answers how many there were. */
export async function deleteBefore(
  { siteId, before }: { siteId: string; before: number },
  ports: RemovePorts,
): Promise<number> {
  const { first, last } = utcDays(wholeSpan({ from: -Infinity, to: utcDay(before) * DAY_MS }));
  return deleteDays(siteText(siteId), { first, last }, ports);
}

/**
 * Deletes a site's events; answers how many there were. What is known of its days stays: others go by it, and put what comes
 * meanwhile where it is found.
 */
export async function deleteSite(siteId: string, ports: RemovePorts): Promise<number> {
  const site = siteText(siteId);
  return deleteDays(site, utcDays(wholeSpan({ from: -Infinity, to: Infinity })), ports);
}

async function deleteDays(
  site: string,
  { first, last }: { first: number; last: number },
  ports: RemovePorts,
): Promise<number> {
  const days = await ports.days.between(site, first, last);
  const parts = days.flatMap(({ day, shards }) =>
    Array.from({ length: countShards(shards) }, (_, shard) => ({
      ...{ site, day, find: IDS_OF_DAY, remove: DELETE_DAY },
      params: [Buffer.from(site), intBytes(day), intBytes(shard)],
    })),
  );
  return removeParts(parts, ports);
}
