import { services } from '#runtime/services.ts';

const DAY_MS = 24 * 3_600_000;

/** What this installation is set to, as far as it says how long something is kept and who else gets it. */
export function settingsInForce() {
  const { auditRetentionDays, sessionMaxMs, sessionIdleMs, smtp, webUrl } = services().config;
  return {
    /** 0: for ever. */
    auditDays: auditRetentionDays,
    sessionDays: Math.ceil(sessionMaxMs / DAY_MS),
    idleDays: Math.ceil(sessionIdleMs / DAY_MS),
    sendsMail: smtp !== null,
    host: new URL(webUrl).host,
  };
}
