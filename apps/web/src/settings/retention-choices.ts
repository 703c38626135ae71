import { firstKeptDay, type SiteRetention } from '@footfall/core/site-retention';

/** What most laws and shops mean by a while, in months. */
const MONTHS = [1, 2, 3, 6, 12, 18, 24, 36, 48, 60, 84, 120];

/** For how long a site may keep its events: each with the first day (`YYYY-MM-DD`) that is kept at a time. `most` months are the plan's limit. */
export function retentionChoices(
  site: SiteRetention,
  { most, now }: { most: number; now: number },
): { months: number | null; firstDay: string }[] {
  const months = new Set([...MONTHS.filter((some) => some <= most), ...(most <= 120 ? [most] : [])]);
  if (site.retentionMonths !== null) months.add(site.retentionMonths);
  const choices = [...[...months].sort((a, b) => a - b), null];
  return choices.map((some) => ({
    months: some,
    firstDay: firstKeptDay({ ...site, retentionMonths: some }, now),
  }));
}
