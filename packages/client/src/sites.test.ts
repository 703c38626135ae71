import { expect, it } from 'vitest';
import { makeClient } from './portal.fixture.ts';

const SITE = { id: 'site_a', domain: 'a.example' };
const GOAL = { id: 'goal_a', display_name: 'Order' };
const meta = (after: string | null) => ({ after, before: null, limit: 100 });

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

it('sites and goals are listed page by page', async () => {
  const sites = makeClient([
    Response.json({ sites: [SITE], meta: meta('c1') }),
    Response.json({ sites: [{ ...SITE, id: 'site_b' }], meta: meta(null) }),
  ]);
  expect((await all(sites.client.sites.list())).map(({ id }) => id)).toEqual(['site_a', 'site_b']);
  expect(sites.asked.map(({ method, path, search }) => [method, path, search])).toEqual([
    ['GET', '/api/v1/sites', ''],
    ['GET', '/api/v1/sites', '?after=c1'],
  ]);
  const goals = makeClient([Response.json({ goals: [GOAL], meta: meta(null) })]);
  expect(await all(goals.client.sites.goals('a.example'))).toEqual([GOAL]);
  const kept = makeClient([Response.json({ funnels: [GOAL], segments: [GOAL], meta: meta(null) })]);
  expect(await all(kept.client.sites.funnels('a.example'))).toEqual([GOAL]);
  expect(await all(kept.client.sites.segments('a.example'))).toEqual([GOAL]);
  expect(goals.asked[0]).toMatchObject({ path: '/api/v1/sites/goals', search: '?site_id=a.example' });
});

it('a site is made, read and changed, and so are its goals', async () => {
  const { client, asked } = makeClient([Response.json(SITE)]);
  const goal = { site_id: 'a.example', goal_type: 'event', event_name: 'Order' } as const;
  expect(await client.sites.create({ domain: 'a.example' })).toEqual(SITE);
  await client.sites.get('a/b');
  await client.sites.update('a.example', { enabled: false });
  await client.sites.createGoal(goal);
  expect(await client.sites.delete('b.example')).toBeUndefined();
  expect(await client.sites.deleteGoal('a.example', 'goal_a')).toBeUndefined();
  const steps = [{ page: '/a' }, 'Order'];
  const filters = [['is', 'visit:country', ['DE']]];
  await client.sites.putFunnel({ site_id: 'a.example', name: 'Way', steps });
  await client.sites.putSegment({ site_id: 'a.example', name: 'DE', filters });
  await client.sites.deleteFunnel('a.example', 'f/1');
  await client.sites.deleteSegment('a.example', 's1');
  expect(asked.map(({ method, path, search, body }) => [method, path + search, body])).toEqual([
    ['POST', '/api/v1/sites', { domain: 'a.example' }],
    ['GET', '/api/v1/sites/a%2Fb', null],
    ['PUT', '/api/v1/sites/a.example', { enabled: false }],
    ['PUT', '/api/v1/sites/goals', goal],
    ['DELETE', '/api/v1/sites/b.example', null],
    ['DELETE', '/api/v1/sites/goals/goal_a?site_id=a.example', null],
    ['PUT', '/api/v1/sites/funnels', { site_id: 'a.example', name: 'Way', steps }],
    ['PUT', '/api/v1/sites/segments', { site_id: 'a.example', name: 'DE', filters }],
    ['DELETE', '/api/v1/sites/funnels/f%2F1?site_id=a.example', null],
    ['DELETE', '/api/v1/sites/segments/s1?site_id=a.example', null],
  ]);
});
