import { reportStoreFailure } from './errors.ts';

/** For whom work is done: a tenant, and who of it asks (a key, a person). */
export type Asker = { tenant: string; who: string };

/** Runs work when there is room for it; without an asker it is the installation's own and always next. */
export type Slots = <T>(work: () => Promise<T>, asker?: Asker) => Promise<T>;

export type SlotLimits = {
  /** Work at once. */
  room: number;
  /** Of one tenant at once, and of one asker: room is left for others, however long theirs takes. */
  perTenant: number;
  perAsker: number;
  /** Of one tenant that may wait; more is refused. */
  waiting: number;
  /** Longest time that work waits, milliseconds. */
  waitMs: number;
};

/** What tenants may have of so much room: two of them fill less than all of it, so a third one is answered at once. */
export function shareRoom(room: number, waitMs: number): SlotLimits {
  const perTenant = Math.max(1, Math.min(2, room - 2), Math.floor((room * 3) / 8));
  return { room, perTenant, perAsker: Math.max(1, perTenant - 1), waiting: 3_000, waitMs };
}

type Waiting = { asker: Asker | null; name: string; begin: () => void };

/** How much of everybody runs, and when they were last given room. */
function createCounts() {
  const running = new Map<string, number>();
  const served = new Map<string, number>();
  let turn = 0;
  return {
    running: (name: string) => running.get(name) ?? 0,
    served: (name: string) => served.get(name) ?? 0,
    begin: (name: string) => {
      running.set(name, (running.get(name) ?? 0) + 1);
      served.set(name, ++turn);
    },
    /** `forget`: nobody of that name waits, so when they were served is of no use. */
    end: (name: string, forget: boolean) => {
      const left = (running.get(name) ?? 1) - 1;
      if (left > 0) running.set(name, left);
      else {
        running.delete(name);
        if (forget) served.delete(name);
      }
    },
  };
}

const askerName = (asker: Asker | null): string => JSON.stringify([asker?.tenant, asker?.who]);

type Wanted = Pick<Waiting, 'asker' | 'name'>;

/** Whose turn it is. */
function createTurns({ perTenant, perAsker }: Pick<SlotLimits, 'perTenant' | 'perAsker'>) {
  const tenants = createCounts();
  const askers = createCounts();
  const mayBegin = ({ asker, name }: Wanted) =>
    asker === null || (tenants.running(asker.tenant) < perTenant && askers.running(name) < perAsker);
  /** Smaller comes first, place by place. */
  const rank = ({ asker, name }: Wanted): number[] =>
    asker === null
      ? [-1]
      : [
          tenants.running(asker.tenant),
          tenants.served(asker.tenant),
          askers.running(name),
          askers.served(name),
        ];
  const comesBefore = (one: readonly number[], other: readonly number[]): boolean => {
    const place = one.findIndex((value, index) => value !== other[index]);
    return place !== -1 && (one[place] ?? 0) < (other[place] ?? 0);
  };
  return {
    mayBegin,
    /** `waiting` in the order in which they came, which decides among those of one asker. */
    next: (waiting: Iterable<Waiting>): Waiting | undefined => {
      let best: { one: Waiting; rank: number[] } | undefined;
      for (const one of waiting) {
        if (!mayBegin(one)) continue;
        const own = rank(one);
        if (best === undefined || comesBefore(own, best.rank)) best = { one, rank: own };
      }
      return best?.one;
    },
    begin: ({ asker, name }: Wanted) => {
      if (asker === null) return;
      tenants.begin(asker.tenant);
      askers.begin(name);
    },
    end: ({ asker, name }: Wanted, forget: boolean) => {
      if (asker === null) return;
      tenants.end(asker.tenant, forget);
      askers.end(name, forget);
    },
  };
}

/**
 * Room for so much work at once, shared fairly: it goes to the tenant that has least of it, then to the one that was served longest ago;
 * inside of a tenant to its askers by the same rule, and to each in the order in which it asked.
 */
export function createSlots(limits: SlotLimits): Slots {
  let free = limits.room;
  const waiting = new Set<Waiting>();
  const turns = createTurns(limits);

  /** How many of each tenant wait. */
  const ofTenant = new Map<string | undefined, number>();
  const countWaiting = ({ asker }: Wanted) => ofTenant.get(asker?.tenant) ?? 0;
  const addWaiting = (one: Waiting) => {
    waiting.add(one);
    ofTenant.set(one.asker?.tenant, countWaiting(one) + 1);
  };
  const removeWaiting = (one: Waiting) => {
    if (!waiting.delete(one)) return;
    const left = countWaiting(one) - 1;
    if (left > 0) ofTenant.set(one.asker?.tenant, left);
    else ofTenant.delete(one.asker?.tenant);
  };
  const begin = (wanted: Wanted) => {
    free -= 1;
    turns.begin(wanted);
  };
  const wait = (wanted: Wanted) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        removeWaiting(own);
        reject(reportStoreFailure('query_timeout', 'too many reports are asked for at once'));
      }, limits.waitMs);
      const own: Waiting = {
        ...wanted,
        begin: () => {
          clearTimeout(timer);
          removeWaiting(own);
          begin(own);
          resolve();
        },
      };
      addWaiting(own);
    });
  const take = async (wanted: Wanted): Promise<void> => {
    if (free > 0 && turns.mayBegin(wanted)) return begin(wanted);
    if (wanted.asker !== null && countWaiting(wanted) >= limits.waiting)
      throw reportStoreFailure('too_many_questions', 'too many reports are asked for at once', {
        retryAfter: 1,
      });
    return wait(wanted);
  };
  const leave = (wanted: Wanted) => {
    free += 1;
    turns.end(wanted, countWaiting(wanted) === 0);
    while (free > 0) {
      const chosen = turns.next(waiting);
      if (chosen === undefined) return;
      chosen.begin();
    }
  };
  return async (work, asker) => {
    const wanted = { asker: asker ?? null, name: askerName(asker ?? null) };
    await take(wanted);
    try {
      return await work();
    } finally {
      leave(wanted);
    }
  };
}
