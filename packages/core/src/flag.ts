/** A part of the installation that the operator can switch off and on while it runs: for all tenants, or for one. */
export type FlagRow = {
  /** Whether it is on where nobody has said otherwise. */
  default: boolean;
};

/**
 * The flags, by name; their meanings stand in the portal's words (`staffSettings.flags`). One that is decided for good leaves this table:
 * what is overridden of it is left alone then.
 */
export const FLAGS = {
  /** Exports of raw events: they read much of the event store. */
  rawExport: { default: true },
  /** Funnels, retention and ways through pages: the most that one question can ask of the report store. */
  behaviourQueries: { default: true },
} as const satisfies Record<string, FlagRow>;

export type Flag = keyof typeof FLAGS;

export const FLAG_NAMES = Object.keys(FLAGS) as Flag[];

/** The flag that a text names; null for any other. */
export const flagNamed = (text: string): Flag | null => FLAG_NAMES.find((flag) => flag === text) ?? null;

/** What is overridden: for a tenant, or (empty) for all. */
export type FlagOverride = { flag: string; forTenant: string; isOn: boolean };

/** Whether a flag is on for a tenant: as is said of the tenant, else of all, else as the table says. */
export function isFlagOn(flag: Flag, tenantId: string, overrides: readonly FlagOverride[]): boolean {
  const own = overrides.filter((one) => one.flag === flag);
  const said =
    own.find(({ forTenant }) => forTenant === tenantId) ?? own.find(({ forTenant }) => forTenant === '');
  return said?.isOn ?? FLAGS[flag].default;
}
