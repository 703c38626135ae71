import { reportStoreFailure } from '../errors.ts';
import type { SealedVisitorDay, Sealing } from '../report-store.ts';
import { newName } from './identity.ts';
import { canSeal, type MonthKey, type Sealed, seal } from './month.ts';
import { deleteNotes, type Note, putNotes } from './notes.ts';
import type { Ports } from './ports.ts';
import { writeBuilds } from './write-builds.ts';

type Facts = AsyncIterable<readonly SealedVisitorDay[]>;

/** A sealing under way: where, by whom, and the new build of each day. */
type Work = { key: MonthKey; owner: string; days: readonly Sealed[] };

/** Takes a month for a sealer. False when somebody else has it, or does not know one of the days. */
function take({ months, now, sealerMs }: Ports, { key, owner, days }: Work): Promise<boolean> {
  return months.change(key, (month) => {
    if (month === null || days.some(({ day }) => month.days[day] === undefined))
      return { month: null, answer: false };
    const { sealing } = month;
    if (sealing !== null && sealing.owner !== owner && sealing.until > now())
      return { month: null, answer: false };
    return { month: { ...month, sealing: { owner, until: now() + sealerMs } }, answer: true };
  });
}

/** Lets a month go that was not sealed. */
function leave({ months }: Ports, { key, owner }: Work): Promise<void> {
  return months.change(key, (month) =>
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

/** Notes the builds that are about to be superseded. Answers them by day. */
async function giveUp(ports: Ports, { key, days }: Work): Promise<Map<string, string> | null> {
  const [month] = await ports.months.get([key]);
  if (!canSeal(month ?? null, days)) return null;
  const { siteId, generation } = key;
  const before = new Map(days.map(({ day }) => [day, month?.days[day]?.build ?? '']));
  const since = ports.now();
  const notes = [...before].map(
    ([day, build]): Note => ({ siteId, generation, day, build, kind: 'superseded', since, owner: null }),
  );
  await putNotes(ports, notes);
  return before;
}

/**
 * Lets the days answer from their new builds, all at once: one document says so. False when one was changed meanwhile, or the month
 * was taken by somebody else.
 */
function change(
  { months, now }: Ports,
  { key, owner, days }: Work,
  before: Map<string, string>,
): Promise<boolean> {
  return months.change(key, (month) => {
    // The same change went through before, and its answer was lost.
    if (month !== null && days.every(({ day, build }) => month.days[day]?.build === build))
      return { month: null, answer: true };
    const ours = month?.sealing?.owner === owner && month.sealing.until > now();
    const asNoted = days.every(({ day }) => month?.days[day]?.build === before.get(day));
    if (!ours || !asNoted || !canSeal(month, days)) return { month: null, answer: false };
    return { month: seal(month, days), answer: true };
  });
}

async function sealTaken(ports: Ports, work: Work, facts: Facts): Promise<boolean> {
  const { key, owner, days } = work;
  const { siteId, generation } = key;
  const since = ports.now();
  const written = days.map(
    ({ day, build }): Note => ({ siteId, generation, day, build, kind: 'writing', since, owner }),
  );
  await putNotes(ports, written);
  await writeBuilds(ports, work, facts);
  const before = await giveUp(ports, work);
  if (before === null || !(await change(ports, work, before))) return false;
  await deleteNotes(ports, written);
  return true;
}

/**
 * Seals days of a month: writes new builds of them beside those in force, then changes over. A crash before that leaves builds that
 * nobody reads and notes by which they are found.
 */
export async function sealDays(ports: Ports, sealing: Sealing, facts: Facts): Promise<boolean> {
  const { siteId, generation, month } = sealing;
  const days = sealing.days.map(({ day, version }) => ({ day, version, build: newName() }));
  if (days.some(({ day }) => !day.startsWith(`${month}-`)))
    throw reportStoreFailure('unanswerable', `a day to be sealed is not in ${month}`);
  const work: Work = { key: { siteId, generation, month }, owner: newName(), days };
  if (!(await take(ports, work))) return false;
  const stop = keep(ports, work);
  let sealed = false;
  try {
    sealed = await sealTaken(ports, work, facts);
  } finally {
    stop();
    // What failed is what to say; the month is free again a little later.
    if (!sealed) await leave(ports, work).catch(() => undefined);
  }
  return sealed;
}
