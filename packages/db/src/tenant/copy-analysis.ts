import type { Prisma } from '../../generated/client.ts';
import { newId } from '../id.ts';
import { type Actor, auditEntry } from './audit.ts';
import { FUNNEL_COLUMNS, toFunnel } from './funnel.ts';
import { requireRoom } from './limit.ts';
import type { NamedThing } from './named.ts';
import { requireSite } from './site.ts';
import type { OfTenant, Transaction } from './transaction.ts';

export type AnalysisCopy = {
  from: string;
  /** Another site of the same tenant. */
  to: string;
  things: readonly NamedThing[];
  actor: Actor;
};

/** How many were added to the other site. */
export type Copied = Record<NamedThing, number>;

type Between = { from: string; to: string };

/** What of a site has no name that the other site has. */
function toAdd<T extends { name: string }>(own: readonly T[], there: readonly { name: string }[]): T[] {
  const taken = new Set(there.map(({ name }) => name));
  return own.filter(({ name }) => !taken.has(name));
}

/** Goals by the ids of one site, and what they are called. */
type Goals = ReadonlyMap<string, string>;

const NAMES = { id: true, name: true } as const;
const GOAL = { name: true, event: true, page: true, props: true } as const;

async function copyGoals(transaction: Transaction, { from, to }: Between): Promise<number> {
  const [own, there] = await Promise.all([
    transaction.goal.findMany({ where: { siteId: from }, select: GOAL, orderBy: { name: 'asc' } }),
    transaction.goal.findMany({ where: { siteId: to }, select: NAMES }),
  ]);
  const data = toAdd(own, there).map((goal) => ({
    ...goal,
    props: goal.props as Prisma.InputJsonObject,
    id: newId('goal'),
    siteId: to,
  }));
  await transaction.goal.createMany({ data });
  return data.length;
}

/** Goals of a site by id (`from`), and those of the other by name (`to`). */
async function goalIds(transaction: Transaction, { from, to }: Between): Promise<Map<string, string>> {
  const [own, there] = await Promise.all([
    transaction.goal.findMany({ where: { siteId: from }, select: NAMES }),
    transaction.goal.findMany({ where: { siteId: to }, select: NAMES }),
  ]);
  const byName = new Map(there.map(({ id, name }) => [name, id]));
  return new Map(own.map(({ id, name }) => [id, byName.get(name) ?? id]));
}

async function copyFunnels(transaction: Transaction, between: Between): Promise<number> {
  const { from, to } = between;
  const [own, there, ids] = await Promise.all([
    transaction.funnel.findMany({
      where: { siteId: from },
      select: FUNNEL_COLUMNS,
      orderBy: { name: 'asc' },
    }),
    transaction.funnel.findMany({ where: { siteId: to }, select: NAMES }),
    goalIds(transaction, between),
  ]);
  const data = toAdd(own, there).map((row) => ({
    id: newId('funnel'),
    siteId: to,
    name: row.name,
    steps: stepsWith(toFunnel(row).steps, ids) as Prisma.InputJsonValue,
  }));
  await transaction.funnel.createMany({ data });
  return data.length;
}

const stepsWith = (steps: ReturnType<typeof toFunnel>['steps'], ids: Goals) =>
  steps.map((step) => ('goal' in step ? { goal: ids.get(step.goal) ?? step.goal } : step));

async function copySegments(transaction: Transaction, { from, to }: Between): Promise<number> {
  const select = { name: true, filters: true } as const;
  const [own, there] = await Promise.all([
    transaction.segment.findMany({ where: { siteId: from }, select, orderBy: { name: 'asc' } }),
    transaction.segment.findMany({ where: { siteId: to }, select: NAMES }),
  ]);
  const data = toAdd(own, there).map(({ name, filters }) => ({
    id: newId('segment'),
    siteId: to,
    name,
    filters: filters as Prisma.InputJsonValue,
  }));
  await transaction.segment.createMany({ data });
  return data.length;
}

/** In this order: funnels are made of goals. */
const COPIES: Readonly<Record<NamedThing, (transaction: Transaction, between: Between) => Promise<number>>> =
  { goals: copyGoals, funnels: copyFunnels, segments: copySegments };
const THINGS = Object.keys(COPIES) as NamedThing[];

const COUNTS: Readonly<Record<NamedThing, (transaction: Transaction, siteId: string) => Promise<number>>> = {
  goals: ({ goal }, siteId) => goal.count({ where: { siteId } }),
  funnels: ({ funnel }, siteId) => funnel.count({ where: { siteId } }),
  segments: ({ segment }, siteId) => segment.count({ where: { siteId } }),
};

/**
 * Copies goals, funnels and segments of a site to another one of the tenant; what has a name there already stays as it is there. The goals of
 * a site come along with its funnels, which are made of them. All of it, or nothing.
 * @throws Failure `unknown_site`, `too_many`
 */
export function copyAnalysis({ tenantId, run }: OfTenant, request: AnalysisCopy): Promise<Copied> {
  const { from, to, actor } = request;
  const wanted = new Set(request.things);
  if (wanted.has('funnels')) wanted.add('goals');
  return run(async (transaction) => {
    await requireSite(transaction, { tenantId, siteId: from });
    await requireSite(transaction, { tenantId, siteId: to });
    const copied: Copied = { goals: 0, funnels: 0, segments: 0 };
    for (const thing of THINGS.filter((one) => wanted.has(one))) {
      // Whoever adds one meanwhile waits from here on.
      await requireRoom(transaction, { tenantId, thing, count: async () => 0 });
      copied[thing] = await COPIES[thing](transaction, { from, to });
      const count = async () => (await COUNTS[thing](transaction, to)) - 1;
      if (copied[thing] > 0) await requireRoom(transaction, { tenantId, thing, count });
    }
    const details = { from, ...copied };
    const entry = auditEntry({ tenantId, actor, action: 'analysis.copy', subject: to, details });
    await transaction.auditEntry.create({ data: entry });
    return copied;
  });
}
