import { checkAll } from '@footfall/core/failure';
import { controlFailure } from '../errors.ts';
import { newId } from '../id.ts';
import { notePlatformAct } from '../platform-audit.ts';
import { printable } from '../text.ts';
import { type Actor, auditEntry } from './audit.ts';
import { unknownTenant } from './tenant.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** A time in which somebody of the platform's staff sees what a tenant sees, as the tenant is told of it. */
export type SupportVisit = {
  id: string;
  /** E-mail address of whoever looks. */
  staffEmail: string;
  reason: string;
  beganAt: Date;
  endsAt: Date;
  /** Before its time; null: it ends by itself. */
  endedAt: Date | null;
};

/** Of a visit that goes on: what its pages show. */
export type OpenVisit = Pick<SupportVisit, 'id' | 'reason' | 'endsAt'> & { tenantName: string };

/** Whoever looks, from where. */
type Staff = { id: string; email: string; address: string };

/** Characters of a reason: a word is none, a letter is for elsewhere. */
export const REASON_LENGTH = { least: 10, most: 500 } as const;
/** Minutes that a visit lasts. */
export const VISIT_MINUTES = { least: 5, most: 60 } as const;

/** Visits that a tenant is shown. */
const SHOWN = 100;

/** What a tenant allows the platform's staff, and what they have looked at; see scope.ts. */
export type Support = {
  /** Whether staff may look, and who did, latest first. */
  read(): Promise<{ isAllowed: boolean; visits: SupportVisit[] }>;
  /** Lets staff look from now on, or no longer: visits that go on end at once. */
  allow(isAllowed: boolean, actor: Actor): Promise<void>;
  /**
   * Begins a visit; answers its id.
   * @throws Failure `invalid_reason`, `invalid_minutes`, `unknown_tenant`, `support_refused`, `staff_in_team`
   */
  begin(visit: { staff: Staff; reason: string; minutes: number }): Promise<string>;
  /** A visit of somebody that goes on now; null: there is none, it is over, or the tenant wants none. */
  open(id: string, staffId: string): Promise<OpenVisit | null>;
  /** Why staff has stopped the tenant; null: it is not stopped. */
  readSuspension(): Promise<string | null>;
  /** Ends a visit of somebody; nothing where it is over. */
  end(id: string, staff: Staff): Promise<void>;
};

/**
 * A reason as it is kept.
 * @throws Failure `invalid_reason`
 */
export function checkReason(text: string): string {
  const reason = printable(text, REASON_LENGTH.most);
  if (reason !== null && reason.length >= REASON_LENGTH.least) return reason;
  throw controlFailure(
    'invalid_reason',
    `a reason has ${REASON_LENGTH.least} to ${REASON_LENGTH.most} printable characters`,
    { where: 'reason', values: REASON_LENGTH },
  );
}

function checkMinutes(minutes: number): void {
  const { least, most } = VISIT_MINUTES;
  if (Number.isInteger(minutes) && minutes >= least && minutes <= most) return;
  throw controlFailure('invalid_minutes', `a visit lasts ${least} to ${most} minutes`, {
    where: 'minutes',
    values: VISIT_MINUTES,
  });
}

/** Of visits that have neither been ended nor lasted their time. */
const going = () => ({ endedAt: null, endsAt: { gt: new Date() } });

/** Refuses where the tenant wants nobody to look, and where one of the staff is of its team: nobody looks over a colleague's shoulder. */
async function checkAllowed(transaction: Transaction, tenantId: string): Promise<void> {
  const tenant = await transaction.tenant.findUnique({ where: { id: tenantId } });
  if (tenant === null) throw unknownTenant(tenantId);
  if (!tenant.supportAccess)
    throw controlFailure('support_refused', 'this tenant does not let the platform’s staff look', {
      where: 'tenant',
    });
  const where = { tenantId, user: { staffRole: { not: null } } };
  if ((await transaction.membership.count({ where })) > 0)
    throw controlFailure('staff_in_team', 'somebody of the platform’s staff is of this tenant’s team', {
      where: 'tenant',
    });
}

async function beginVisit(
  { tenantId, run }: OfTenant,
  { staff, reason: given, minutes }: Parameters<Support['begin']>[0],
): Promise<string> {
  const [reason] = checkAll(
    () => checkReason(given),
    () => checkMinutes(minutes),
  );
  const [id, beganAt] = [newId('visit'), new Date()];
  const endsAt = new Date(beganAt.getTime() + minutes * 60_000);
  const actor = { id: staff.id, address: staff.address };
  const details = { reason, until: endsAt.toISOString() };
  await run(async (transaction) => {
    await checkAllowed(transaction, tenantId);
    await transaction.supportVisit.create({
      data: { id, tenantId, staffId: staff.id, staffEmail: staff.email, reason, beganAt, endsAt },
    });
    const entry = { tenantId, actor, action: 'support.begin', subject: id, details };
    await transaction.auditEntry.create({ data: auditEntry(entry) });
    await notePlatformAct(transaction, {
      actor,
      action: 'support.begin',
      subject: id,
      aboutTenant: tenantId,
      details,
    });
  });
  return id;
}

async function endVisit({ tenantId, run }: OfTenant, id: string, staff: Staff): Promise<void> {
  const actor = { id: staff.id, address: staff.address };
  await run(async (transaction) => {
    const { count } = await transaction.supportVisit.updateMany({
      where: { id, tenantId, staffId: staff.id, ...going() },
      data: { endedAt: new Date() },
    });
    if (count === 0) return;
    const data = auditEntry({ tenantId, actor, action: 'support.end', subject: id });
    await transaction.auditEntry.create({ data });
    await notePlatformAct(transaction, { actor, action: 'support.end', subject: id, aboutTenant: tenantId });
  });
}

async function allowVisits({ tenantId, run }: OfTenant, isAllowed: boolean, actor: Actor): Promise<void> {
  const after = { supportAccess: isAllowed };
  await run(async (transaction) => {
    await transaction.tenant.update({ where: { id: tenantId }, data: after });
    if (!isAllowed)
      await transaction.supportVisit.updateMany({
        where: { tenantId, ...going() },
        data: { endedAt: new Date() },
      });
    const entry = { tenantId, actor, action: 'tenant.update', subject: tenantId, details: { after } };
    await transaction.auditEntry.create({ data: auditEntry(entry) });
  });
}

async function readSupport({ tenantId, run }: OfTenant): Promise<Awaited<ReturnType<Support['read']>>> {
  return run(async (transaction) => {
    const tenant = await transaction.tenant.findUniqueOrThrow({ where: { id: tenantId } });
    const visits = await transaction.supportVisit.findMany({
      where: { tenantId },
      orderBy: [{ beganAt: 'desc' }, { id: 'desc' }],
      take: SHOWN,
      select: { id: true, staffEmail: true, reason: true, beganAt: true, endsAt: true, endedAt: true },
    });
    return { isAllowed: tenant.supportAccess, visits };
  });
}

/** The repository of one tenant's visits by the platform's staff. */
export function supportStore(scope: OfTenant): Support {
  const { tenantId, run } = scope;
  return {
    read: () => readSupport(scope),
    allow: (isAllowed, actor) => allowVisits(scope, isAllowed, actor),
    begin: (visit) => beginVisit(scope, visit),
    open: (id, staffId) =>
      run(async ({ supportVisit }) => {
        const where = { id, tenantId, staffId, ...going(), tenant: { supportAccess: true } };
        const found = await supportVisit.findFirst({ where, include: { tenant: true } });
        if (found === null) return null;
        return { id, reason: found.reason, endsAt: found.endsAt, tenantName: found.tenant.name };
      }),
    readSuspension: () =>
      run(async ({ tenant }) => {
        const found = await tenant.findUnique({ where: { id: tenantId } });
        return found === null || found.suspendedAt === null ? null : (found.suspendedReason ?? '');
      }),
    end: (id, staff) => endVisit(scope, id, staff),
  };
}
