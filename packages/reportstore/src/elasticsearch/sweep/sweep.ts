import type { estypes } from '@elastic/elasticsearch';
import { deleteNotes, type KnownNote, oldNotes } from '../months/build-records.ts';
import { type Month, type MonthKey, monthOf } from '../months/month.ts';
import { monthId } from '../months/months.ts';
import type { Ports } from '../ports.ts';
import { deleteWhere } from '../write/delete.ts';
import { dropUnusedDays, reopenLostMonths } from './sweep-indices.ts';
import { asOnlySweeper } from './sweep-lock.ts';

/** No reader takes as long. Milliseconds. */
const GRACE_MS = 3_600_000;
/** Clocks of sealers and sweepers differ by less. Milliseconds. */
const SKEW_MS = 600_000;
/** An open day's index is dropped whole when its other days are sealed, too, mostly within hours: that costs nothing. */
const OPEN_GRACE_MS = 48 * GRACE_MS;

type Verdict = 'keep' | 'forget' | 'delete';

const keyOf = ({ siteId, generation, day }: KnownNote): MonthKey => ({
  siteId,
  generation,
  month: monthOf(day),
});

/** What is to be done about the build of an old note. */
export function judge(note: KnownNote, month: Month | null, now: number): Verdict {
  const sealing = month?.sealing ?? null;
  if (sealing?.owner === note.owner && sealing.until + SKEW_MS > now) return 'keep';
  const day = month?.days[note.day];
  if (day?.build === note.build) return 'forget';
  // Readers who began before the day changed over may still ask for it.
  if (day !== undefined && day.since + GRACE_MS > now) return 'keep';
  return note.isOpen && note.since + OPEN_GRACE_MS > now ? 'keep' : 'delete';
}

async function deleteBuild(ports: Ports, { siteId, day, build, isOpen }: KnownNote): Promise<void> {
  const { names } = ports;
  const where = [{ term: { site: siteId } }, { term: { build } }];
  const indices = isOpen ? [names.open(day)] : [names.facts(monthOf(day)), names.rollUps(monthOf(day))];
  for (const index of indices) {
    await ports.client.indices.refresh({ index, ignore_unavailable: true });
    await deleteWhere(ports, index, where);
  }
}

async function monthsOf(ports: Ports, notes: readonly KnownNote[]): Promise<Map<string, Month | null>> {
  const keys = [...new Map(notes.map((note) => [monthId(keyOf(note)), keyOf(note)])).values()];
  const found = await ports.months.get(keys);
  return new Map(keys.map((key, index) => [monthId(key), found[index] ?? null]));
}

async function sweepBuilds(ports: Ports): Promise<void> {
  const now = ports.now();
  await ports.client.indices.refresh({ index: ports.names.builds });
  let after: estypes.SortResults | undefined;
  do {
    const page = await oldNotes(ports, now - GRACE_MS, after);
    const months = await monthsOf(ports, page.notes);
    const done: KnownNote[] = [];
    for (const note of page.notes) {
      const verdict = judge(note, months.get(monthId(keyOf(note))) ?? null, now);
      if (verdict === 'delete') await deleteBuild(ports, note);
      if (verdict !== 'keep') done.push(note);
    }
    await deleteNotes(ports, done);
    after = page.after;
  } while (after !== undefined);
}

/**
 * Deletes builds that nobody asks for any more and such that a crash left behind, drops the indices of days that are all sealed, and
 * sees that what is lost is made anew. One process at a time does so.
 */
export function sweep(ports: Ports): Promise<void> {
  return asOnlySweeper(ports, async () => {
    await sweepBuilds(ports);
    await dropUnusedDays(ports);
    await reopenLostMonths(ports);
  });
}
