/** What folding must know of a site; `next*` are set while its history is being folded anew for another time zone. */
export type FoldableSite = {
  timezone: string;
  generation: number;
  nextTimezone: string | null;
  nextGeneration: number | null;
};

/** Finds a site; null for one that is gone. */
export type FindSite = (siteId: string) => Promise<FoldableSite | null>;

/** A generation of a site's facts, and the zone whose days it counts by. */
export type Era = { generation: number; timezone: string };

/** The generations of a site that take new events: the one in force, and the one that is being made. */
export function erasOf({ timezone, generation, nextTimezone, nextGeneration }: FoldableSite): Era[] {
  const current = { generation, timezone };
  if (nextTimezone === null || nextGeneration === null) return [current];
  return [current, { generation: nextGeneration, timezone: nextTimezone }];
}

/** The era of a generation, or undefined when the site has left it. */
export function eraOf(site: FoldableSite, generation: number): Era | undefined {
  return erasOf(site).find((era) => era.generation === generation);
}
