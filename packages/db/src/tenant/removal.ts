import { type FoundEvents, type FoundState, presentFound } from '@footfall/core/found-events';
import { MAX_STATED_ID } from '@footfall/core/of-visitor';
import type { Prisma } from '../../generated/client.ts';
import { controlFailure } from '../errors.ts';
import { isId, newId } from '../id.ts';
import { type Actor, actorId, auditEntry } from './audit.ts';
import { requireSite, requireTypedDomain } from './site.ts';
import type { OfTenant, Transaction } from './transaction.ts';

/** Each looks through all of a site's events: so many a site and day. */
export const MOST_A_DAY = 20;
const DAY_MS = 86_400_000;
/** Called-off removals are history nobody asks for. */
const CANCELLED_KEPT_MS = 7 * DAY_MS;

/** `counting` and `removing` are being worked on; `counted` waits for a word. */
export type RemovalState = 'counting' | 'counted' | 'removing' | 'removed' | 'cancelled';

/** What is to be, or was, taken out of a site. */
export type EventRemoval = {
  id: string;
  siteId: string;
  receivedFrom: Date;
  /** The first moment of receipt that stays. */
  receivedTo: Date;
  sender: string | null;
  /** Of one visitor: a keyed hash of the id that the shop calls them; null: of all. */
  visitorHash: string | null;
  state: RemovalState;
  requestedAt: Date;
  /** E-mail address of who confirmed it; null: an operator, or somebody who is not a member any more. */
  confirmedBy: string | null;
  byOperator: boolean;
  confirmedAt: Date | null;
  finishedAt: Date | null;
  /** How much of the site's history was looked through for this state, 0 to 1; null: not begun. */
  progress: number | null;
  /** All that the site had. */
  isReset: boolean;
  /** Whole when it is counted. */
  found: FoundEvents | null;
  removed: number;
};

export type RemovalRequest = {
  siteId: string;
  receivedFrom: Date;
  receivedTo: Date;
  sender: string | null;
  /** One visitor alone, by the id that the shop calls them: sealed, and a keyed hash of it. */
  visitor?: { sealed: Uint8Array<ArrayBuffer>; hash: string };
  actor: Actor;
};

/** What is taken out of the sites of one tenant; see scope.ts. The service that may delete events does the work: packages/removal. */
export type Removals = {
  /**
   * Asks for a look at what would be removed; one that was not confirmed is called off.
   * @throws Failure `invalid_span`, `too_many_removals`, `unknown_site`
   */
  request(request: RemovalRequest): Promise<string>;
  /**
   * Has done what was looked at; `domain` is the site's, as somebody typed it.
   * @throws Failure `unknown_removal` (it is not there, or not counted), `unconfirmed_domain`, `unknown_site`
   */
  confirm(named: { siteId: string; id: string; domain: string; actor: Actor }): Promise<void>;
  /**
   * Has all events of a site removed, and what was imported of another product's totals; settings stay. `domain` is the site's, as somebody typed it.
   * @throws Failure `unconfirmed_domain`, `too_many_removals`, `unknown_site`
   */
  reset(named: { siteId: string; domain: string; actor: Actor }): Promise<void>;
  /** Calls off what was not confirmed. Throws Failure `unknown_removal`. */
  cancel(named: { siteId: string; id: string; actor: Actor }): Promise<void>;
  /** Those that are open or done, latest first; at most 50. */
  list(siteId: string): Promise<EventRemoval[]>;
};

const invalidSpan = (rule: 'order' | 'future' | 'sender', message: string) =>
  controlFailure('invalid_span', message, { where: 'receivedTo', values: { rule } });

function checkSpan({ receivedFrom, receivedTo, sender }: RemovalRequest, now: number): void {
  if (sender !== null && !isId(sender)) throw invalidSpan('sender', 'there is no such sender');
  if (receivedTo <= receivedFrom) throw invalidSpan('order', 'the end of the span is not after its begin');
  if (receivedFrom.getTime() > now) throw invalidSpan('future', 'nothing has been received of that span yet');
}

/**
 * The id that a shop calls a visitor, as somebody typed it.
 * @throws Failure `invalid_visitor`
 */
export function checkStatedId(typed: string): string {
  const visitor = typed.trim();
  if (visitor !== '' && visitor.length <= MAX_STATED_ID) return visitor;
  throw controlFailure('invalid_visitor', `an id has 1 to ${MAX_STATED_ID} characters`, {
    where: 'visitor',
    values: { most: MAX_STATED_ID },
  });
}

/** What the audit says of it. */
const describe = ({
  receivedFrom,
  receivedTo,
  sender,
  visitorHash = null,
}: Pick<EventRemoval, 'receivedFrom' | 'receivedTo' | 'sender'> & { visitorHash?: string | null }) => ({
  received_from: receivedFrom.toISOString(),
  received_to: receivedTo.toISOString(),
  sender,
  ...(visitorHash === null ? {} : { visitor: visitorHash }),
});

/** Makes room for a removal: a site has so many a day, and one that was not confirmed is called off. Two at once take their turns. */
async function replaceOpen(transaction: Transaction, siteId: string, now: number): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM site WHERE id = ${siteId} FOR NO KEY UPDATE`;
  const { eventRemoval } = transaction;
  const lately = await eventRemoval.count({
    where: { siteId, requestedAt: { gt: new Date(now - DAY_MS) } },
  });
  if (lately >= MOST_A_DAY)
    throw controlFailure('too_many_removals', `there were ${MOST_A_DAY} in a day: try again tomorrow`, {
      where: 'site',
      values: { most: MOST_A_DAY },
    });
  await eventRemoval.deleteMany({
    where: { siteId, state: 'cancelled', requestedAt: { lt: new Date(now - CANCELLED_KEPT_MS) } },
  });
  await eventRemoval.updateMany({
    where: { siteId, state: { in: ['counting', 'counted'] } },
    data: { state: 'cancelled', sealedVisitor: null },
  });
}

async function requestRemoval({ tenantId, run }: OfTenant, request: RemovalRequest): Promise<string> {
  const now = Date.now();
  checkSpan(request, now);
  const { siteId, receivedFrom, sender, visitor, actor } = request;
  // What comes from now on was not looked at.
  const receivedTo = new Date(Math.min(request.receivedTo.getTime(), now));
  const id = newId('removal');
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    await replaceOpen(transaction, siteId, now);
    const data = {
      id,
      siteId,
      receivedFrom,
      receivedTo,
      sender,
      sealedVisitor: visitor?.sealed ?? null,
      visitorHash: visitor?.hash ?? null,
      state: 'counting',
      requestedBy: actorId(actor),
    };
    await transaction.eventRemoval.create({ data });
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor,
        action: 'events.preview_removal',
        subject: siteId,
        details: { removal: id, ...describe(data) },
      }),
    });
  });
  return id;
}

async function resetSite(
  { tenantId, run }: OfTenant,
  { siteId, domain, actor }: Parameters<Removals['reset']>[0],
): Promise<void> {
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    await requireTypedDomain(transaction, siteId, domain);
    const now = new Date();
    await replaceOpen(transaction, siteId, now.getTime());
    await transaction.import.deleteMany({ where: { siteId } });
    await transaction.eventImport.deleteMany({ where: { siteId } });
    const who = actorId(actor);
    const id = newId('removal');
    const span = { receivedFrom: new Date(0), receivedTo: now, sender: null };
    const confirmed = { state: 'removing', requestedBy: who, confirmedBy: who, confirmedAt: now };
    await transaction.eventRemoval.create({ data: { id, siteId, ...span, ...confirmed, isReset: true } });
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'site.reset', subject: siteId, details: { removal: id } }),
    });
  });
}

type Step = {
  from: RemovalState[];
  data: (actor: Actor) => Prisma.EventRemovalUpdateManyMutationInput;
  action: string;
};

const CONFIRM: Step = {
  from: ['counted'],
  // All is looked through anew: what was on its way when it was counted is in the store by now.
  data: (actor) => ({
    state: 'removing',
    confirmedBy: actorId(actor),
    confirmedAt: new Date(),
    nextFrom: null,
    firstAt: null,
    lastAt: null,
  }),
  action: 'events.remove',
};

const CANCEL: Step = {
  from: ['counting', 'counted'],
  data: () => ({ state: 'cancelled', sealedVisitor: null }),
  action: 'events.cancel_removal',
};

const foundIn = (row: { found: unknown }): FoundEvents | null =>
  row.found === null ? null : presentFound(row.found as FoundState);

type Named = { siteId: string; id: string; domain?: string; actor: Actor };

async function takeStep(
  { tenantId, run }: OfTenant,
  { siteId, id, domain, actor }: Named,
  step: Step,
): Promise<void> {
  await run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId });
    if (domain !== undefined) await requireTypedDomain(transaction, siteId, domain);
    const where = { id, siteId, state: { in: step.from } };
    const row = isId(id) ? await transaction.eventRemoval.findFirst({ where }) : null;
    const changed =
      row === null ? 0 : (await transaction.eventRemoval.updateMany({ where, data: step.data(actor) })).count;
    if (row === null || changed === 0)
      throw controlFailure('unknown_removal', 'this removal is not there any more, or goes on already', {
        where: 'id',
      });
    const events = foundIn(row)?.events ?? 0;
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor,
        action: step.action,
        subject: siteId,
        details: { removal: id, ...describe(row), events },
      }),
    });
  });
}

type Row = Prisma.EventRemovalGetPayload<object>;

function progressIn({ state, nextFrom, firstAt, lastAt }: Row): number | null {
  if (state === 'counted' || state === 'removed') return 1;
  if (nextFrom === null || firstAt === null || lastAt === null) return null;
  const whole = Number(lastAt) - Number(firstAt);
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (Number(nextFrom) - Number(firstAt)) / whole));
}

/** Whoever confirms from the operator's command line. */
const OPERATOR = 'cli';

const LISTED = 50;

async function readEmails(transaction: Transaction, tenantId: string, rows: readonly Row[]) {
  const ids = [...new Set(rows.flatMap(({ confirmedBy }) => (confirmedBy === null ? [] : [confirmedBy])))];
  const members = await transaction.membership.findMany({
    where: { tenantId, userId: { in: ids } },
    select: { userId: true, user: { select: { email: true } } },
  });
  return new Map(members.map(({ userId, user }) => [userId, user.email]));
}

async function listRemovals({ tenantId, run }: OfTenant, siteId: string): Promise<EventRemoval[]> {
  if (!isId(siteId)) return [];
  return run(async (transaction) => {
    const rows = await transaction.eventRemoval.findMany({
      where: { siteId, site: { tenantId }, state: { not: 'cancelled' } },
      orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
      take: LISTED,
    });
    const emails = await readEmails(transaction, tenantId, rows);
    return rows.map((row) => ({
      id: row.id,
      siteId,
      receivedFrom: row.receivedFrom,
      receivedTo: row.receivedTo,
      sender: row.sender,
      visitorHash: row.visitorHash,
      state: row.state as RemovalState,
      requestedAt: row.requestedAt,
      confirmedBy: emails.get(row.confirmedBy ?? '') ?? null,
      byOperator: row.confirmedBy === OPERATOR,
      confirmedAt: row.confirmedAt,
      finishedAt: row.finishedAt,
      progress: progressIn(row),
      isReset: row.isReset,
      found: foundIn(row),
      removed: Number(row.removed),
    }));
  });
}

/** The repository of what is taken out of one tenant's sites. */
export function removalStore(scope: OfTenant): Removals {
  return {
    request: (request) => requestRemoval(scope, request),
    confirm: (named) => takeStep(scope, named, CONFIRM),
    reset: (named) => resetSite(scope, named),
    cancel: (named) => takeStep(scope, named, CANCEL),
    list: (siteId) => listRemovals(scope, siteId),
  };
}
