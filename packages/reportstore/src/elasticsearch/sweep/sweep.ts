import type { estypes } from '@elastic/elasticsearch';
import { deleteBuildRecords, oldBuildRecords, type ReadBuildRecord } from '../months/build-records.ts';
import { type Month, type MonthKey, monthName, SKEW_MS } from '../months/month.ts';
import { monthId } from '../months/months.ts';
import type { Ports } from '../ports.ts';
import { deleteWhere } from '../write/delete.ts';
import { dropUnusedDays, reopenLostMonths } from './sweep-indices.ts';
import { asOnlySweeper } from './sweep-lock.ts';
import { outdateMonths } from './sweep-outdated.ts';

/** No reader takes as long. Milliseconds. */
const GRACE_MS = 3_600_000;
/** An open day's index is dropped whole when its other days are sealed, too, mostly within hours: that costs nothing. */
const OPEN_GRACE_MS = 48 * GRACE_MS;

type Verdict = 'keep' | 'forget' | 'delete';

const monthKey = ({ siteId, generation, day }: ReadBuildRecord): MonthKey => ({
  siteId,
  generation,
  month: monthName(day),
});

/** What is to be done about the build of an old record. */
export function judge(record: ReadBuildRecord, month: Month | null, now: number): Verdict {
  const sealing = month?.sealing ?? null;
  if (sealing?.owner === record.owner && sealing.until + SKEW_MS > now) return 'keep';
  const day = month?.days[record.day];
  if (day?.build === record.build) return 'forget';
  // Readers who began before the day changed over may still ask for it.
  if (day !== undefined && day.since + GRACE_MS > now) return 'keep';
  return record.isOpen && record.since + OPEN_GRACE_MS > now ? 'keep' : 'delete';
}

async function deleteBuild(ports: Ports, { siteId, day, build, isOpen }: ReadBuildRecord): Promise<void> {
  const { names } = ports;
  const where = [{ term: { site: siteId } }, { term: { build } }];
  const indices = isOpen ? [names.open(day)] : [names.facts(monthName(day)), names.rollUps(monthName(day))];
  for (const index of indices) {
    await ports.client.indices.refresh({ index, ignore_unavailable: true });
    await deleteWhere(ports, index, where);
  }
}

async function readMonths(
  ports: Ports,
  records: readonly ReadBuildRecord[],
): Promise<Map<string, Month | null>> {
  const keys = [...new Map(records.map((record) => [monthId(monthKey(record)), monthKey(record)])).values()];
  const found = await ports.months.get(keys);
  return new Map(keys.map((key, index) => [monthId(key), found[index] ?? null]));
}

async function sweepBuilds(ports: Ports): Promise<void> {
  const now = ports.now();
  await ports.client.indices.refresh({ index: ports.names.builds });
  let after: estypes.SortResults | undefined;
  do {
    const page = await oldBuildRecords(ports, now - GRACE_MS, after);
    const months = await readMonths(ports, page.records);
    const done: ReadBuildRecord[] = [];
    for (const record of page.records) {
      const verdict = judge(record, months.get(monthId(monthKey(record))) ?? null, now);
      if (verdict === 'delete') await deleteBuild(ports, record);
      if (verdict !== 'keep') done.push(record);
    }
    await deleteBuildRecords(ports, done);
    after = page.after;
  } while (after !== undefined);
}

/**
 * Deletes builds that nobody asks for any more and such that a crash left behind, drops the indices of days that are all sealed, and
 * sees that what is lost, or lacks what this version keeps, is made anew. One process at a time does so.
 */
export function sweep(ports: Ports): Promise<void> {
  return asOnlySweeper(ports, async () => {
    await sweepBuilds(ports);
    await dropUnusedDays(ports);
    await reopenLostMonths(ports);
    await outdateMonths(ports);
  });
}
