import type { ClockState } from '@footfall/db/clock/steady';

/** What of the database's clock an operator is told. */
export type ClockReport = {
  now: string;
  /** This machine's clock is so much ahead of it; negative: behind. */
  own_ahead_seconds: number;
  /** It says less than it has said before, by so much. */
  behind_what_was_seen_seconds: number;
  set_back: { at: string; seconds: number } | null;
  /** What is deleted for its age goes by a time so much earlier. */
  deletion_waits_seconds: number;
};

/** How long it is told that a clock was set back, milliseconds. */
const TOLD_MS = 7 * 24 * 3_600_000;
/** Less is how long looks and questions take, milliseconds. */
const WORTH_TELLING_MS = 5_000;
/** After a short outage it has caught up within minutes. */
const STEADY_MS = 3_600_000;

const seconds = (ms: number) => Math.round(ms / 1_000);

/** The state of the database's clock, asked for at `own` of this machine's; epoch milliseconds. */
export function clockReport(state: ClockState, own: number): ClockReport {
  const { now, steadyBehindMs, behindMs, setBack } = state;
  const isRecent = setBack !== null && Math.abs(now - setBack.at) < TOLD_MS;
  return {
    now: new Date(now).toISOString(),
    own_ahead_seconds: Math.abs(own - now) < WORTH_TELLING_MS ? 0 : seconds(own - now),
    behind_what_was_seen_seconds: seconds(behindMs),
    set_back: isRecent ? { at: new Date(setBack.at).toISOString(), seconds: seconds(setBack.byMs) } : null,
    deletion_waits_seconds: steadyBehindMs < STEADY_MS ? 0 : seconds(steadyBehindMs),
  };
}

/** What is worth a line of `status`: nothing when all is well. */
export function clockLines(report: ClockReport): string[] {
  const { own_ahead_seconds: ahead, behind_what_was_seen_seconds: behind, deletion_waits_seconds } = report;
  const side = ahead > 0 ? 'ahead of' : 'behind';
  return [
    ...(ahead === 0
      ? []
      : [`clock: this machine's is ${Math.abs(ahead)} s ${side} the database's, which services go by`]),
    ...(behind === 0
      ? []
      : [
          `clock: the database's is ${behind} s behind what it has said before: it was ahead, or is behind now`,
        ]),
    ...(report.set_back === null
      ? []
      : [`clock: the database's was set back by ${report.set_back.seconds} s at ${report.set_back.at}`]),
    ...(deletion_waits_seconds === 0
      ? []
      : [
          `clock: the database's is far later than before, after an outage or by a jump; what is deleted for its age goes by a time ${deletion_waits_seconds} s earlier`,
        ]),
  ];
}
