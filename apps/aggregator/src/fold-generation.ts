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
export type FoldGeneration = { generation: number; timezone: string };

/** The generations of a site that take new events: the one in force, and the one that is being made. */
export function listGenerations({
  timezone,
  generation,
  nextTimezone,
  nextGeneration,
}: FoldableSite): FoldGeneration[] {
  const current = { generation, timezone };
  if (nextTimezone === null || nextGeneration === null) return [current];
  return [current, { generation: nextGeneration, timezone: nextTimezone }];
}

/** The generation of a number, with its zone, or undefined when the site has left it. */
export function findGeneration(site: FoldableSite, generation: number): FoldGeneration | undefined {
  return listGenerations(site).find((foldGeneration) => foldGeneration.generation === generation);
}
