import type { Freshness } from '@footfall/installation/status/freshness';
import type { Lag } from '@footfall/installation/status/lag';
import type { Health, Part } from '@footfall/installation/status/part';
import { type ChoreReport, choreText } from '../chore-report.ts';
import { type ClockReport, clockLines } from './clock.ts';
import type { Roles } from './roles.ts';
import type { DatabaseStatus, DiskStatus } from './space.ts';
import type { SpoolReport } from './spools.ts';

/** What `status` answers; what cannot be known now is null, and `not_known` says why. */
export type Status = {
  running: boolean;
  healthy: boolean;
  web_url: string | null;
  collector_url: string | null;
  listen_host: string;
  tls: boolean;
  warnings: string[];
  lag: Record<string, Lag> | null;
  spools: SpoolReport[];
  chores: ChoreReport[] | null;
  database_roles: Roles | null;
  disks: DiskStatus[];
  database: DatabaseStatus | null;
  freshness: Freshness | null;
  clock: ClockReport | null;
  not_known: Record<string, string>;
  health: Health;
};

const gigabytes = (bytes: number) =>
  Math.abs(bytes) < 1_000_000_000
    ? `${Math.round(bytes / 1_000_000)} MB`
    : `${(bytes / 1_000_000_000).toFixed(1)} GB`;

function diskText({ disk, folder, free_bytes, size_bytes, days_left }: DiskStatus): string {
  const left = days_left === null ? '' : `, full in ${days_left} days`;
  return `disk          ${disk.padEnd(9)}${gigabytes(free_bytes)} of ${gigabytes(size_bytes)} free${left}, ${folder}`;
}

function databaseText({ size_bytes, growth_bytes_per_day: growth }: DatabaseStatus): string {
  const grows = growth === null ? '' : `, ${gigabytes(growth)} more a day`;
  return `database      ${gigabytes(size_bytes)}${grows}`;
}

function partText([name, { problem, pid, port, restarts }]: [string, Part]): string {
  const where = pid === undefined ? '' : `pid ${pid}, port ${port}, restarts ${restarts}`;
  return `${name.padEnd(14)}${where.padEnd(36)}${problem ?? 'ready'}`;
}

function lagText([name, { pending, oldest_received_at }]: [string, Lag]): string {
  const since = oldest_received_at === null ? '' : `, the oldest since ${oldest_received_at}`;
  return `${name.padEnd(14)}${pending} batches waiting${since}`;
}

function spoolText({ place, records, bytes, oldest_received_at, said_at }: SpoolReport): string {
  return records === null
    ? `spool         ${bytes} bytes wait in ${place}`
    : `spool         ${records} events wait in ${place}, the oldest since ${oldest_received_at}; heard of at ${said_at}`;
}

function freshnessText({ data_through, seconds_behind, waiting_days, waiting_sites }: Freshness): string {
  const waiting =
    waiting_days === 0 ? '' : `; ${waiting_days} days of ${waiting_sites} sites wait to be made anew`;
  return `reports hold everything received before ${data_through} (${seconds_behind} s ago)${waiting}`;
}

function rolesText({ of_services: ofServices, without }: Roles): string {
  if (ofServices) return 'database roles: each service has its own';
  return `database roles: the login's own for ${without.join(', ')}, without row-level security; see docs/operating.md, Database roles`;
}

/** What is not known, those with the same reason on one line. */
function notKnownText(notKnown: Status['not_known']): string[] {
  const byReason = Map.groupBy(Object.entries(notKnown), ([, reason]) => reason);
  return [...byReason].map(
    ([reason, names]) =>
      `not known: ${names.map(([name]) => name.replaceAll('_', ' ')).join(', ')}: ${reason}`,
  );
}

/** A status as lines for people. */
export function formatStatus(status: Status): string {
  const { freshness } = status;
  return [
    status.running ? `running${status.healthy ? '' : ', not healthy'}` : 'stopped',
    ...Object.entries(status.health).map(partText),
    `listens on ${status.listen_host}, ${status.tls ? 'with TLS' : 'without TLS'}`,
    ...status.warnings.map((warning) => `warning: ${warning}`),
    ...(status.clock === null ? [] : clockLines(status.clock)),
    ...(status.database_roles === null ? [] : [rolesText(status.database_roles)]),
    ...Object.entries(status.lag ?? {}).map(lagText),
    ...status.spools.map(spoolText),
    ...status.disks.map(diskText),
    ...(status.database === null ? [] : [databaseText(status.database)]),
    ...(status.chores ?? []).map(choreText),
    ...(freshness === null ? [] : [freshnessText(freshness)]),
    ...notKnownText(status.not_known),
  ].join('\n');
}
