import { checkAll } from '@footfall/core/failure';
import type { Goal } from '@footfall/core/goal';
import { checkFunnelSteps, type FunnelStep } from '@footfall/core/query/funnel';
import type { Prisma } from '../../generated/client.ts';
import { controlFailure } from '../errors.ts';
import { isId, newId } from '../id.ts';
import { type Actor, auditEntry, changedFields } from './audit.ts';
import { goalsIn } from './goal.ts';
import { addNamed, validateName } from './named.ts';
import type { OfTenant } from './transaction.ts';

/** Steps that a merchant has named, to ask for again; goals among them by their ids. */
export type Funnel = { id: string; siteId: string; name: string; steps: readonly FunnelStep[] };

type NewFunnel = {
  siteId: string;
  /** Unique in the site. */
  name: string;
  /** 2 to 8 of them, as the API takes them; a goal by its name or id. */
  steps: unknown;
  actor: Actor;
};

/** The funnels of one tenant's sites; see scope.ts. */
export type Funnels = {
  /** @throws Failure `invalid_name`, `invalid_funnel`, `name_taken`, `too_many`, `unknown_site` */
  create(funnel: NewFunnel): Promise<Funnel>;
  /** Gives a funnel other steps; null when the site has no such funnel. Throws Failure `invalid_funnel`. */
  change(of: { siteId: string; id: string; steps: unknown; actor: Actor }): Promise<Funnel | null>;
  /** Of a site, by name; none of a site that is not the tenant's. */
  list(siteId: string): Promise<Funnel[]>;
  /** Answers false when the site has no such funnel. */
  remove(of: { siteId: string; id: string; actor: Actor }): Promise<boolean>;
};

export const FUNNEL_COLUMNS = { id: true, siteId: true, name: true, steps: true } as const;

type Row = Omit<Funnel, 'steps'> & { steps: unknown };

/** What {@link validateSteps} has let in. */
export const toFunnel = (row: Row): Funnel => ({ ...row, steps: row.steps as FunnelStep[] });

/** @throws Failure `invalid_funnel` */
function validateSteps(steps: unknown, goals: readonly Goal[]): FunnelStep[] {
  try {
    return checkFunnelSteps(steps, goals);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'a funnel has 2 to 8 steps';
    throw controlFailure('invalid_funnel', message, { where: 'steps', cause });
  }
}

async function createFunnel(scope: OfTenant, request: NewFunnel): Promise<Funnel> {
  const { siteId, actor } = request;
  const goals = await goalsIn(scope, siteId);
  const [name, steps] = checkAll(
    () => validateName(request.name, 'funnel'),
    () => validateSteps(request.steps, goals),
  );
  const id = newId('funnel');
  const row = { id, siteId, name, steps: steps as Prisma.InputJsonValue };
  return addNamed(scope, {
    thing: 'funnels',
    id,
    siteId,
    actor,
    data: { name, steps },
    count: ({ funnel }) => funnel.count({ where: { siteId } }),
    create: async ({ funnel }) => toFunnel(await funnel.create({ data: row, select: FUNNEL_COLUMNS })),
  });
}

async function changeFunnel(
  scope: OfTenant,
  { siteId, id, actor, ...given }: Parameters<Funnels['change']>[0],
): Promise<Funnel | null> {
  const { tenantId } = scope;
  if (!isId(id) || !isId(siteId)) return null;
  const steps = validateSteps(given.steps, await goalsIn(scope, siteId));
  return scope.run(async (transaction) => {
    const where = { id, siteId, site: { tenantId } };
    const before = await transaction.funnel.findFirst({ where, select: FUNNEL_COLUMNS });
    if (before === null) return null;
    const details = changedFields(before, { steps });
    if (Object.keys(details.after).length === 0) return toFunnel(before);
    await transaction.auditEntry.create({
      data: auditEntry({
        tenantId,
        actor,
        action: 'funnel.update',
        subject: id,
        details: { siteId, ...details },
      }),
    });
    const data = { steps: steps as Prisma.InputJsonValue };
    return toFunnel(await transaction.funnel.update({ where: { id }, data, select: FUNNEL_COLUMNS }));
  });
}

/** The repository of the funnels of one tenant's sites. */
export function funnelStore(scope: OfTenant): Funnels {
  const { tenantId, run } = scope;
  return {
    create: (request) => createFunnel(scope, request),
    change: (of) => changeFunnel(scope, of),
    list: async (siteId) => {
      if (!isId(siteId)) return [];
      const where = { siteId, site: { tenantId } };
      const rows = await run(({ funnel }) =>
        funnel.findMany({ where, select: FUNNEL_COLUMNS, orderBy: { name: 'asc' } }),
      );
      return rows.map(toFunnel);
    },
    remove: async ({ siteId, id, actor }) => {
      if (!isId(id) || !isId(siteId)) return false;
      return run(async (transaction) => {
        const { count } = await transaction.funnel.deleteMany({ where: { id, siteId, site: { tenantId } } });
        if (count === 0) return false;
        const entry = auditEntry({
          tenantId,
          actor,
          action: 'funnel.remove',
          subject: id,
          details: { siteId },
        });
        await transaction.auditEntry.create({ data: entry });
        return true;
      });
    },
  };
}
