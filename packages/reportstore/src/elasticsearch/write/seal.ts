import { reportStoreFailure } from '../../errors.ts';
import type { NoteCutValues, SealedVisitorDay, Sealing } from '../../report-store.ts';
import { newName } from '../identity.ts';
import { type BuildRecord, putBuildRecords } from '../months/build-records.ts';
import { canSeal, holds, type Month, type MonthKey, type Sealed, seal } from '../months/month.ts';
import type { Ports } from '../ports.ts';
import { writeBuilds } from './write-builds.ts';

type Given = { facts: AsyncIterable<readonly SealedVisitorDay[]>; noted: NoteCutValues };

/** A sealing under way: where, by whom, and the new build of each day. */
type Work = { key: MonthKey; owner: string; days: readonly Sealed[] };

/** Takes a month for a sealer, and answers it; null when somebody else has it, or does not know one of the days. */
function take({ months, now, sealerMs }: Ports, { key, owner, days }: Work): Promise<Month | null> {
  return months.arrange(key, (month) => {
    const sealing = month?.sealing ?? null;
    const isOthers = sealing !== null && sealing.owner !== owner && holds(sealing, now(), sealerMs);
    if (month === null || isOthers || days.some(({ day }) => month.days[day] === undefined))
      return { month: null, answer: null };
    const taken = { ...month, sealing: { owner, until: now() + sealerMs } };
    return { month: taken, answer: taken };
  });
}

/** Lets a month go that was not sealed. */
function leave({ months }: Ports, { key, owner }: Work): Promise<void> {
  return months.arrange(key, (month) =>
    month?.sealing?.owner === owner
      ? { month: { ...month, sealing: null }, answer: undefined }
      : { month: null, answer: undefined },
  );
}

/** Keeps a month taken until it is stopped; whatever goes wrong with it is found when the days are to be sealed. */
function keep(ports: Ports, work: Work): () => void {
  const timer = setInterval(() => {
    // The last word is had by the sealing itself, which needs the month.
    take(ports, work).catch(() => undefined);
  }, ports.sealerMs / 3);
  return () => clearInterval(timer);
}

/**
 * Lets the days answer from their new builds, all at once: one document says so. False when one was changed meanwhile, or the month
 * was taken by somebody else.
 */
function changeOver(
  { months, now, sealerMs, history }: Ports,
  { key, owner, days }: Work,
  before: Month,
): Promise<boolean> {
  return months.change(key, (month) => {
    // The same change went through before, and its answer was lost.
    if (month !== null && days.every(({ day, build }) => month.days[day]?.build === build))
      return { month: null, answer: true };
    const ours = month?.sealing?.owner === owner && holds(month.sealing, now(), sealerMs);
    const asRecorded = days.every(({ day }) => month?.days[day]?.build === before.days[day]?.build);
    if (!ours || !asRecorded || !canSeal(month, days)) return { month: null, answer: false };
    return { month: seal(month, days, { now: now(), scheme: history.version }), answer: true };
  });
}

/** Records the builds that will be written and those that will be given up; which of them are in force is found out later. */
function recordBuilds(ports: Ports, { key, owner, days }: Work, before: Month): Promise<void> {
  const { siteId, generation } = key;
  const of = { siteId, generation, owner, since: ports.now() };
  return putBuildRecords(
    ports,
    days.flatMap(({ day, build }): BuildRecord[] => {
      const given = before.days[day];
      const written = { ...of, day, build, isOpen: false };
      if (given === undefined) return [written];
      return [written, { ...of, day, build: given.build, isOpen: given.sealedVersion === null }];
    }),
  );
}

/**
 * Seals days of a month: writes new builds of them beside those in force, then changes over. A crash before that leaves builds that
 * nobody reads and records by which they are found.
 */
export async function sealDays(ports: Ports, sealing: Sealing, { facts, noted }: Given): Promise<boolean> {
  const { siteId, generation, month } = sealing;
  const days = sealing.days.map(({ day, version }) => ({ day, version, build: newName() }));
  if (days.some(({ day }) => !day.startsWith(`${month}-`)))
    throw reportStoreFailure('unanswerable', `a day to be sealed is not in ${month}`);
  const work: Work = { key: { siteId, generation, month }, owner: newName(), days };
  const before = await take(ports, work);
  if (before === null) return false;
  const stop = keep(ports, work);
  let sealed = false;
  try {
    await recordBuilds(ports, work, before);
    await noted(await writeBuilds(ports, work, facts));
    sealed = await changeOver(ports, work, before);
  } finally {
    stop();
    // What failed is what to say; the month is free again a little later.
    if (!sealed) await leave(ports, work).catch(() => undefined);
  }
  return sealed;
}
