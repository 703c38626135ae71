import { checkAll } from '@footfall/core/failure';
import type { Goal as CoreGoal } from '@footfall/core/goal';
import { isPage, writtenPath } from '@footfall/core/page';
import { hasFewWildcards, MAX_WILDCARDS } from '@footfall/core/page-pattern';
import { MAX_NAME, MAX_PROP_NAME, MAX_PROP_VALUE } from '@footfall/core/validate';
import { controlFailure } from '../errors.ts';
import { isId, newId } from '../id.ts';
import { printable } from '../text.ts';
import { type Actor, auditEntry } from './audit.ts';
import { addNamed, naming, validateName } from './named.ts';
import type { OfTenant, Queryable } from './transaction.ts';

const MAX_PAGE = 500;
const MAX_PROPS = 10;

/** A goal of a site; see core/goal.ts for what reaches it. */
export type Goal = CoreGoal & { siteId: string };

export type NewGoal = {
  siteId: string;
  /** Unique in the site. */
  name: string;
  /** Name of the event that reaches it; either this or `page`. */
  event?: string | undefined;
  /** Pattern of a path: `/checkout/*` is one segment, `/blog/**` any depth. */
  page?: string | undefined;
  /** Values that the event's properties must have, by name. */
  props?: Readonly<Record<string, string>> | undefined;
  actor: Actor;
};

type Renaming = { siteId: string; id: string; name: string; actor: Actor };

/** The goals of one tenant's sites; see scope.ts. */
export type Goals = {
  /** @throws Failure `invalid_name`, `invalid_goal`, `too_many_wildcards`, `goal_name_taken`, `too_many`, `unknown_site` */
  create(goal: NewGoal): Promise<Goal>;
  /** Of a site, by name; none of a site that is not the tenant's. */
  list(siteId: string): Promise<Goal[]>;
  /**
   * Gives a goal of a site another name; what was counted for it is under the new name.
   * @throws Failure `invalid_name`, `goal_name_taken`, `unknown_goal`
   */
  rename(renaming: Renaming): Promise<void>;
  /** Answers false when the tenant has no such goal. */
  remove(id: string, actor: Actor): Promise<boolean>;
};

const COLUMNS = { id: true, siteId: true, name: true, event: true, page: true, props: true } as const;

type Row = Omit<Goal, 'props'> & { props: unknown };

/** What {@link validateProps} has let in. */
const toGoal = (row: Row): Goal => ({ ...row, props: row.props as Record<string, string> });

type GoalField = 'event' | 'page' | 'props';

/** `most`: the number that the rule of the field allows. */
const invalidGoal = (where: GoalField, message: string, most: number) =>
  controlFailure('invalid_goal', message, { where, values: { rule: where, most } });

function validateEvent(text: string): string {
  const event = printable(text, MAX_NAME);
  if (event === null)
    throw invalidGoal('event', `an event's name has 1 to ${MAX_NAME} printable characters`, MAX_NAME);
  return event;
}

/** The pattern as pages of events are written, so that `/gr%C3%BC%C3%9Fe` finds `/grüße`. */
function validatePage(text: string): string {
  const page = printable(text, MAX_PAGE);
  if (page === null || !isPage(page)) {
    const rule = `a page begins with / and has at most ${MAX_PAGE} characters, without ? and # (but of a route such as /#/cart)`;
    throw invalidGoal('page', `${rule}, such as /checkout/*`, MAX_PAGE);
  }
  if (!hasFewWildcards(page))
    throw controlFailure('too_many_wildcards', `a page has at most ${MAX_WILDCARDS} wildcards (* or **)`, {
      where: 'page',
      values: { most: MAX_WILDCARDS },
    });
  return writtenPath(page);
}

function reachedBy({ event, page }: NewGoal): { event: string | null; page: string | null } {
  if (event !== undefined && page === undefined) return { event: validateEvent(event), page: null };
  if (page !== undefined && event === undefined) return { event: null, page: validatePage(page) };
  throw controlFailure('invalid_goal', 'a goal is reached by an event or by a page: name one of the two', {
    where: 'event',
    values: { rule: 'either', most: 1 },
  });
}

function validateProps(props: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(props);
  if (entries.length > MAX_PROPS)
    throw invalidGoal('props', `a goal has at most ${MAX_PROPS} properties`, MAX_PROPS);
  for (const [name, value] of entries) {
    const isGood =
      printable(name, MAX_PROP_NAME) === name && (value === '' || printable(value, MAX_PROP_VALUE) === value);
    if (isGood) continue;
    const rule = `at most ${MAX_PROP_NAME} characters in its name and ${MAX_PROP_VALUE} in its value`;
    const message = `property ${JSON.stringify(name)}: ${rule}, printable, no space around them`;
    throw invalidGoal('props', message, MAX_PROPS);
  }
  return Object.fromEntries(entries);
}

async function createGoal(scope: OfTenant, request: NewGoal): Promise<Goal> {
  const { siteId, actor } = request;
  const [name, reached, props] = checkAll(
    () => validateName(request.name, 'goal'),
    () => reachedBy(request),
    () => validateProps(request.props ?? {}),
  );
  const data = { name, ...reached, props };
  const id = newId('goal');
  return addNamed(scope, {
    thing: 'goals',
    id,
    siteId,
    actor,
    data,
    count: ({ goal }) => goal.count({ where: { siteId } }),
    create: async ({ goal }) => toGoal(await goal.create({ data: { id, siteId, ...data }, select: COLUMNS })),
  });
}

/** Gives a goal of a site another name. */
async function renameGoal({ tenantId, run }: OfTenant, { siteId, id, actor, ...request }: Renaming) {
  const name = validateName(request.name, 'goal');
  const where = { id, siteId, site: { tenantId } };
  const unknown = () => controlFailure('unknown_goal', `the site has no goal ${id}`, { where: 'id' });
  if (!isId(id) || !isId(siteId)) throw unknown();
  await naming('goals', name, () =>
    run(async (transaction) => {
      const goal = await transaction.goal.findFirst({ where, select: { name: true } });
      if (goal === null) throw unknown();
      if (goal.name === name) return;
      await transaction.goal.updateMany({ where, data: { name } });
      const details = { siteId, before: { name: goal.name }, after: { name } };
      await transaction.auditEntry.create({
        data: auditEntry({ tenantId, actor, action: 'goal.update', subject: id, details }),
      });
    }),
  );
}

async function removeGoal({ tenantId, run }: OfTenant, id: string, actor: Actor): Promise<boolean> {
  if (!isId(id)) return false;
  return run(async (transaction) => {
    const { count } = await transaction.goal.deleteMany({ where: { id, site: { tenantId } } });
    if (count === 0) return false;
    await transaction.auditEntry.create({
      data: auditEntry({ tenantId, actor, action: 'goal.remove', subject: id }),
    });
    return true;
  });
}

/** The goals of a site, by name; none of a site that is not the tenant's. */
export async function goalsIn({ tenantId, run }: OfTenant, siteId: string): Promise<Goal[]> {
  if (!isId(siteId)) return [];
  const where = { siteId, site: { tenantId } };
  const rows = await run(({ goal }) => goal.findMany({ where, select: COLUMNS, orderBy: { name: 'asc' } }));
  return rows.map(toGoal);
}

/** The repository of the goals of one tenant's sites. */
export function goalStore(scope: OfTenant): Goals {
  return {
    create: (request) => createGoal(scope, request),
    list: (siteId) => goalsIn(scope, siteId),
    rename: (renaming) => renameGoal(scope, renaming),
    remove: (id, actor) => removeGoal(scope, id, actor),
  };
}

const OF_SITE = `
SELECT id, site_id AS "siteId", name, event, page, props FROM goal WHERE site_id = $1 ORDER BY name, id`;

/** The goals of a site that the caller has established the right to, by name: what a question to the query API needs to know. */
export async function goalsOfSite(tenant: Queryable, siteId: string): Promise<Goal[]> {
  return (await tenant.query<Goal>({ name: 'goals-of-site', text: OF_SITE, values: [siteId] })).rows;
}
