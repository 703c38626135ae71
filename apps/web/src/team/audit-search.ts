import type { AuditFilter } from '@footfall/db/tenant/audit-log';

type Params = Readonly<Record<string, string | string[] | undefined>>;

/** What the address of the audit asks for. */
export type AuditSearch = {
  filter: AuditFilter;
  /** The address of the same question about what was before a moment. */
  olderThan(at: Date): string;
};

const ACTION = /^[a-z_.]{1,60}$/;

/** Reads the address of the audit; what it does not know is left out. */
export function readAuditSearch({ action, before }: Params): AuditSearch {
  const known = typeof action === 'string' && ACTION.test(action) ? { action } : {};
  const moment = typeof before === 'string' ? new Date(before) : null;
  const since = moment !== null && !Number.isNaN(moment.getTime()) ? { before: moment } : {};
  return {
    filter: { ...known, ...since },
    olderThan: (at) => `/audit?${new URLSearchParams({ ...known, before: at.toISOString() })}`,
  };
}
