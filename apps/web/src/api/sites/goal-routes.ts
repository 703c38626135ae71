import { writtenPath } from '@footfall/core/page';
import type { Goal } from '@footfall/db/tenant/goal';
import type { Site } from '@footfall/db/tenant/site';
import type { z } from 'zod';
import type { Caller } from '../caller.ts';
import { apiFailure } from '../errors.ts';
import { json } from '../respond.ts';
import { requireSite } from '../site.ts';
import { cutPage, readPageQuery } from './cursor-page.ts';
import { readBody } from './fields.ts';
import { type ManagedGoal, SITES_API_SCHEMAS } from './schemas.ts';

type WantedGoal = z.output<typeof SITES_API_SCHEMAS.NewGoal>;

const toManaged = ({ id, name, event, page, props }: Goal, { domain }: Site): ManagedGoal => ({
  id,
  domain,
  goal_type: page === null ? 'event' : 'page',
  display_name: name,
  event_name: event,
  page_path: page,
  custom_props: props,
});

const sameProps = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/** `GET /api/v1/sites/goals?site_id=…`: by name. */
export async function listGoals(caller: Caller, request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = readPageQuery(searchParams);
  const site = await requireSite(caller, searchParams.get('site_id'));
  const { page, meta } = cutPage(await caller.tenant.goals.list(site.id), ({ name }) => name, asked);
  return json({ goals: page.map((goal) => toManaged(goal, site)), meta });
}

/** What reaches a goal, of the two that a body may name the one of its type. */
function whatReaches({ goal_type, event_name, page_path }: WantedGoal): { event: string } | { page: string } {
  const [field, what] = goal_type === 'event' ? ['event_name', event_name] : ['page_path', page_path];
  if (what === undefined || what === '')
    throw apiFailure('invalid_parameter', `a goal of the type ${goal_type} needs ${field}`, { where: field });
  return goal_type === 'event' ? { event: what } : { page: what };
}

/** `PUT /api/v1/sites/goals`: makes a goal, or answers the one that the same reaches, as it is. */
export async function createGoal(caller: Caller, request: Request): Promise<Response> {
  const wanted = await readBody(SITES_API_SCHEMAS.NewGoal, request);
  const site = await requireSite(caller, wanted.site_id);
  const what = whatReaches(wanted);
  const props = wanted.custom_props ?? {};
  const { goals } = caller.tenant;
  const known = (await goals.list(site.id)).find(
    ({ event, page, props: having }) =>
      ('event' in what ? event === what.event : page === writtenPath(what.page)) && sameProps(having, props),
  );
  if (known !== undefined) return json({ ...toManaged(known, site), created: false });
  const name = wanted.display_name ?? ('event' in what ? what.event : `Visit ${what.page}`);
  const made = await goals.create({ siteId: site.id, name, ...what, props, actor: caller.actor });
  return json({ ...toManaged(made, site), created: true });
}

type OfGoal = { params: Promise<{ goal: string }> };

/** `DELETE /api/v1/sites/goals/{goal}`, with `site_id` in the body or in the address. */
export async function deleteGoal(caller: Caller, request: Request, { params }: OfGoal): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const { site_id = searchParams.get('site_id') } = await readBody(SITES_API_SCHEMAS.GoalReference, request);
  const site = await requireSite(caller, site_id);
  const id = (await params).goal;
  const { goals } = caller.tenant;
  const isOfSite = (await goals.list(site.id)).some((goal) => goal.id === id);
  if (!isOfSite || !(await goals.remove(id, caller.actor)))
    throw apiFailure('unknown_goal', `the site has no goal ${JSON.stringify(id)}`, { where: 'goal_id' });
  return json({ deleted: true });
}
