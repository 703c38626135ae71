/** Names of the indices of one installation. */
export type Names = {
  prefix: string;
  /** Facts of open days: an index a local day, dropped whole when none of its days is open any more. */
  open(day: string): string;
  /** Facts of sealed days: an index a month. */
  facts(month: string): string;
  /** Roll-ups of sealed days: an index a month. */
  rollUps(month: string): string;
  /** States of days, a document a site's month. */
  months: string;
  /** Records of builds that are being written or are no longer in force. */
  builds: string;
};

/** `2026-03-29` as it stands in a name. */
const dotted = (date: string): string => date.replaceAll('-', '.');

export function indexNames(prefix: string): Names {
  return {
    prefix,
    open: (day) => `${prefix}open-${dotted(day)}`,
    facts: (month) => `${prefix}facts-${dotted(month)}`,
    rollUps: (month) => `${prefix}rollups-${dotted(month)}`,
    months: `${prefix}months`,
    builds: `${prefix}builds`,
  };
}

/** The day or month that a dated index is of, `YYYY-MM-DD` or `YYYY-MM`; null for other names. */
export function dateOfName(name: string): string | null {
  return /-(\d{4}\.\d\d(?:\.\d\d)?)$/.exec(name)?.[1]?.replaceAll('.', '-') ?? null;
}
