import { randomUUID } from 'node:crypto';
import { recentMap } from '../recent.ts';
import { getOrMake } from './at-once.ts';
import type { Cluster, Row } from './cluster.ts';
import { intBytes } from './key.ts';
import { firstShards, type Growth, grown, isFull, type Shards } from './shards.ts';
import { BEGIN_DAY, COUNT_DAY, FIND_DAY, FIND_DAY_BEFORE, FIND_DAYS, GROW_DAY } from './statements.ts';

/** A day of an owner, as this process knows it: of a site, or of the ids of all sites. */
export type OwnedDay = {
  readonly owner: string;
  readonly day: number;
  /** All partitions that are opened. */
  shards: Shards;
  /** When this process first saw the last segment of them, and when it last looked; milliseconds of its own clock. */
  grownAt: number;
  seenAt: number;
  /** Entries written by this process, and how many of them it has told the others. */
  written: number;
  told: number;
};

export type DayShardsOptions = {
  cluster: Cluster;
  growth: Growth;
  /** Readers may go by what they saw so many milliseconds ago. */
  memory: number;
  /** Done before the segment behind these is opened. */
  beforeGrowth?: (day: number, shards: Shards) => Promise<void>;
};

/** Partitions of days: how many a day has, and when it needs more. */
export type DayShards = {
  /** The day, which it begins when nobody has. Whoever writes asks this first, so that readers find what is written. */
  of(owner: string, day: number): OwnedDay | Promise<OwnedDay>;
  /** The days of an owner from one to another that were begun, in order, as they were at most `memory` ago. */
  between(owner: string, first: number, last: number): Promise<OwnedDay[]>;
  /** The segment to write to: the last one, once every reader knows of it. */
  currentSegment(day: OwnedDay): number;
  /** Counts entries that were written; opens partitions in the background when those that are open are full. */
  count(day: OwnedDay, entries: number): void;
  /** Opens the next segment, unless somebody else has in the meantime, and learns what is open. */
  grow(day: OwnedDay): Promise<void>;
  /** Resolves when nothing goes on in the background. */
  idle(): Promise<void>;
};

/** Days known, at most twice as many: some 40 MB. */
const KNOWN = 100_000;
/** A day begins with what the last day of the week before needed. */
const LOOK_BACK = 7;
/** What a process has counted it tells the others when it is this part of a partition. */
const TELL = 10;
/** Writers wait so many times as long as readers remember. */
const CLOCK_TOLERANCE = 1.1;
/** Wider spans are asked for as a whole. */
const FEW_DAYS = 4;

const dayKey = (owner: string, day: number) => `${day} ${owner}`;
const partitionKey = (owner: string) => [Buffer.from(owner)];

/** What all processes have told of a day. */
function toldIn(row: Row | undefined): number {
  const counted = (row?.counted ?? {}) as Record<string, bigint>;
  return Object.values(counted).reduce((sum, count) => sum + Number(count), 0);
}

type DaysTable = ReturnType<typeof daysTable>;

/** The statements about days, and nothing of when to use them. */
function daysTable(cluster: Cluster, growth: Growth) {
  const me = randomUUID().slice(0, 13);
  return {
    async find(owner: string, day: number): Promise<{ shards: Shards; told: number } | null> {
      const [row] = await cluster.rows(FIND_DAY, [owner, intBytes(day)], { partition: partitionKey(owner) });
      return row === undefined ? null : { shards: row.shards as number[], told: toldIn(row) };
    },
    async findAll(owner: string, first: number, last: number): Promise<{ day: number; shards: Shards }[]> {
      const params = [owner, intBytes(first), intBytes(last)];
      const rows = await cluster.rows(FIND_DAYS, params, { partition: partitionKey(owner) });
      return rows.map((row) => ({ day: row.day as number, shards: row.shards as number[] }));
    },
    async begin(owner: string, day: number): Promise<Shards> {
      const since = [owner, intBytes(day - LOOK_BACK), intBytes(day)];
      const [before] = await cluster.rows(FIND_DAY_BEFORE, since, { partition: partitionKey(owner) });
      const shards = firstShards(toldIn(before), growth);
      const params = [owner, intBytes(day), shards];
      const there = await cluster.decide(BEGIN_DAY, [params], partitionKey(owner));
      return there === null ? shards : (there[0]?.shards as number[]);
    },
    async tell({ owner, day, written }: OwnedDay): Promise<void> {
      const params = [me, BigInt(written), owner, intBytes(day)];
      await cluster.write(COUNT_DAY, [params], partitionKey(owner));
    },
    /** Opens the segment behind these, unless others are open. */
    async grow({ owner, day }: OwnedDay, shards: Shards): Promise<void> {
      const params = [grown(shards, growth), owner, intBytes(day), shards];
      await cluster.decide(GROW_DAY, [params], partitionKey(owner));
    },
  };
}

const clock = () => performance.now();

/** The days that this process knows. */
function memoryOfDays() {
  const known = recentMap<string, OwnedDay>(KNOWN);
  return {
    get: (owner: string, day: number) => known.get(dayKey(owner, day)),
    /** Notes what was seen at a time; lists only ever grow. */
    note(owner: string, day: number, { shards, at }: { shards: Shards; at: number }): OwnedDay {
      const key = dayKey(owner, day);
      const here = known.get(key);
      if (here === undefined) {
        const fresh = { owner, day, shards, grownAt: at, seenAt: at, written: 0, told: 0 };
        known.set(key, fresh);
        return fresh;
      }
      if (shards.length > here.shards.length) {
        here.shards = shards;
        here.grownAt = clock();
      }
      here.seenAt = Math.max(here.seenAt, at);
      return here;
    },
  };
}

/** What is looked up, and by whom else it is being looked up already. */
function finder(table: DaysTable, known: ReturnType<typeof memoryOfDays>, memory: number) {
  const beginning = new Map<string, Promise<OwnedDay>>();
  async function begin(owner: string, day: number): Promise<OwnedDay> {
    const at = clock();
    const found = await table.find(owner, day);
    return known.note(owner, day, { shards: found?.shards ?? (await table.begin(owner, day)), at });
  }
  return {
    of(owner: string, day: number): OwnedDay | Promise<OwnedDay> {
      const here = known.get(owner, day);
      if (here !== undefined) return here;
      const key = dayKey(owner, day);
      return getOrMake(beginning, key, () => begin(owner, day).finally(() => beginning.delete(key)));
    },
    async between(owner: string, first: number, last: number): Promise<OwnedDay[]> {
      const at = clock();
      if (last - first < FEW_DAYS) {
        const days = Array.from({ length: last - first + 1 }, (_, n) => known.get(owner, first + n));
        if (days.every((day) => day !== undefined && day.seenAt > at - memory)) return days as OwnedDay[];
      }
      const found = await table.findAll(owner, first, last);
      return found.map(({ day, shards }) => known.note(owner, day, { shards, at }));
    },
  };
}

/** Opens the partitions of one kind of days. */
export function openDayShards({ cluster, growth, memory, beforeGrowth }: DayShardsOptions): DayShards {
  const table = daysTable(cluster, growth);
  const known = memoryOfDays();
  const background = new Set<Promise<void>>();

  /** Learns what is open; answers what all processes have told of the day. */
  async function look({ owner, day }: OwnedDay): Promise<number> {
    const at = clock();
    const found = await table.find(owner, day);
    if (found !== null) known.note(owner, day, { shards: found.shards, at });
    return found?.told ?? 0;
  }

  async function grow(day: OwnedDay): Promise<void> {
    // What others of this process learn meanwhile must not become what is opened: it was not prepared for that.
    const { shards } = day;
    await beforeGrowth?.(day.day, shards);
    await table.grow(day, shards);
    await look(day);
  }

  async function tell(day: OwnedDay): Promise<void> {
    await table.tell(day);
    const told = await look(day);
    if (isFull(day.shards, told, growth)) await grow(day);
  }

  return {
    ...finder(table, known, memory),
    currentSegment({ shards, grownAt }) {
      const isKnown = shards.length === 1 || clock() - grownAt > memory * CLOCK_TOLERANCE;
      return isKnown ? shards.length - 1 : shards.length - 2;
    },
    count(day, entries) {
      day.written += entries;
      if (day.written - day.told < growth.capacity / TELL) return;
      day.told = day.written;
      // Nothing is lost when it fails: the next count tells the same and more.
      const told: Promise<void> = tell(day)
        .catch(() => undefined)
        .finally(() => background.delete(told));
      background.add(told);
    },
    grow,
    async idle() {
      await Promise.all(background);
    },
  };
}
