import type { Actor } from '@footfall/billing/catalog/draft';
import { catalogFailure } from '@footfall/billing/catalog/errors';
import {
  changeMove,
  MANNERS,
  type Manner,
  type MoveStep,
  type NewMove,
  startMove,
} from '@footfall/billing/moves/move';
import { type PreviewedOne, previewMove } from '@footfall/billing/moves/preview';
import {
  countMoved,
  type LeftRow,
  listLeft,
  listMoves,
  type MoveGroup,
  type MoveRow,
} from '@footfall/db/staff/moves';
import { findPlan, listPlans, type PlanDetails } from '@footfall/db/staff/plans';
import { staffServices } from '#runtime/staff-services.ts';
import { ask, type Known } from '../health/known.ts';

/** How subscribers are moved, by the text of a form; null for any other. */
export const moveManner = (text: string): Manner | null => MANNERS.find((manner) => manner === text) ?? null;

/** What can be asked to be previewed, as an address says it. */
export type AskedMove = Omit<NewMove, 'from'>;

/** What a move would be. */
export type MovePreview = AskedMove & {
  groups: readonly MoveGroup[];
  /** From the payment provider, now. */
  sample: Known<readonly PreviewedOne[]>;
};

export type LoadedMoves = {
  plan: PlanDetails;
  /** Versions that are on sale. */
  targets: readonly { name: string; title: string }[];
  moves: readonly MoveRow[];
  left: readonly LeftRow[];
  /** Null: none was asked for, or no payment is taken here. */
  preview: MovePreview | null;
  isBilling: boolean;
};

/** The page waits for it: five customers are asked for, one beside the other. Milliseconds. */
const PREVIEW_MS = 10_000;

async function loadPreview(from: string, asked: AskedMove): Promise<MovePreview | null> {
  const { staffPool, payments } = staffServices();
  if (payments === null) return null;
  const { to, trialEndsAt } = asked;
  const [groups, sample] = await Promise.all([
    countMoved(staffPool, { from, to }),
    ask(() => previewMove(staffPool, { from, to, trialEndsAt }, payments), { deadlineMs: PREVIEW_MS }),
  ]);
  return { ...asked, groups, sample };
}

/** The moves away from a version of a plan, and what another one would be; null where there is no such version. */
export async function loadMoves(name: string, asked: AskedMove | null): Promise<LoadedMoves | null> {
  const { staffPool, payments } = staffServices();
  const plan = await findPlan(staffPool, name);
  if (plan === null) return null;
  const [all, moves, left] = await Promise.all([
    listPlans(staffPool),
    listMoves(staffPool, plan.name),
    listLeft(staffPool, plan.name),
  ]);
  const targets = all.filter(
    (other) => other.state === 'published' && other.name !== plan.name && other.productId !== null,
  );
  const isTarget = targets.some((other) => other.name === asked?.to);
  const preview = asked !== null && isTarget ? await loadPreview(plan.name, asked) : null;
  return { plan, targets, moves, left, preview, isBilling: payments !== null };
}

/** Begins to move subscribers; the scheduler does it. */
export async function saveMove(given: NewMove & { reason: string; actor: Actor }): Promise<void> {
  const { staffPool, clock, payments } = staffServices();
  if (payments === null) throw catalogFailure('billing_off', 'no payment is taken here', { where: 'to' });
  await startMove(staffPool, { ...given, now: clock.now() });
}

/** Pauses a move, goes on with it, calls it off, or tries again. */
export const saveMoveStep = (given: { id: string; step: MoveStep; actor: Actor }): Promise<void> =>
  changeMove(staffServices().staffPool, given);
