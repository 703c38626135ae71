import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { goalsOfSite, type NewGoal } from './goal.ts';
import { inTenant, type TenantScope } from './scope.ts';

let plane: ControlPlane;
let [own, other]: TenantScope[] = [];
let siteId: string;
const newScope = async () => inTenant(plane.db, (await plane.newTenant()).tenantId);
beforeAll(async () => {
  plane = await freshControlPlane();
  [own, other] = [await newScope(), await newScope()];
});
afterAll(() => plane.drop());

let sites = 0;
async function newSite(): Promise<string> {
  sites += 1;
  const site = await own?.sites.create({ domain: `goals${sites}.example`, actor: 'cli' });
  return site?.id ?? '';
}

const requireGoals = (scope: TenantScope | undefined) => {
  if (scope === undefined) throw new Error('there is no tenant');
  return scope.goals;
};
const create = (goal: Partial<NewGoal>) =>
  requireGoals(own).create({ siteId, name: 'Goal', actor: 'cli', ...goal });

beforeAll(async () => {
  siteId = await newSite();
});

describe('goals', () => {
  test('are kept as they were named, listed by name, and removed', async () => {
    const site = await newSite();
    const thanks = await create({ siteId: site, name: ' Thanks ', page: ' /thanks/** ' });
    const props = { plan: 'pro', empty: '' };
    const signup = await create({ siteId: site, name: 'Signup', event: 'Signup', props });
    expect(thanks).toEqual({
      id: thanks.id,
      siteId: site,
      name: 'Thanks',
      event: null,
      page: '/thanks/**',
      props: {},
    });
    expect(signup).toMatchObject({ name: 'Signup', event: 'Signup', page: null, props });
    expect(await requireGoals(own).list(site)).toEqual([signup, thanks]);
    expect(await goalsOfSite(plane.pool, site)).toEqual([signup, thanks]);
    expect(await requireGoals(own).remove(thanks.id, 'cli')).toBe(true);
    expect(await requireGoals(own).remove(thanks.id, 'cli')).toBe(false);
    expect(await requireGoals(own).list(site)).toEqual([signup]);
    const entries = await plane.db.auditEntry.findMany({
      where: { subject: thanks.id },
      orderBy: { createdAt: 'asc' },
    });
    expect(entries.map(({ action }) => action)).toEqual(['goal.create', 'goal.remove']);
  });

  test('belong to their tenant: no other sees, adds or removes one', async () => {
    const site = await newSite();
    const goal = await create({ siteId: site, name: 'Mine', event: 'Signup' });
    expect(await requireGoals(other).list(site)).toEqual([]);
    expect(await requireGoals(other).remove(goal.id, 'cli')).toBe(false);
    await expect(
      requireGoals(other).create({ siteId: site, name: 'Theirs', event: 'Signup', actor: 'cli' }),
    ).rejects.toMatchObject({ code: 'unknown_site' });
    expect(await requireGoals(own).list(site)).toEqual([goal]);
  });

  test.each([
    ['/grüße/*', '/grüße/*'],
    ['/gr%c3%bc%C3%9Fe/**', '/grüße/**'],
    ['/a b', '/a b'],
    ['/a%2fb', '/a%2Fb'],
    ['/x/../checkout/**', '/checkout/**'],
    ['/#/cart/*', '/#/cart/*'],
  ])('keep the page %j as pages of events are written', async (page, kept) => {
    const goal = await create({ name: `Page ${page}`, page });
    expect(goal.page).toBe(kept);
  });

  test.each<[string, Partial<NewGoal>, string, string]>([
    ['no name', { name: ' ', event: 'A' }, 'invalid_name', 'name'],
    ['a name too long', { name: 'x'.repeat(121), event: 'A' }, 'invalid_name', 'name'],
    ['a NUL in its name', { name: 'a\0', event: 'A' }, 'invalid_name', 'name'],
    ['neither event nor page', {}, 'invalid_goal', 'event'],
    ['both', { event: 'A', page: '/a' }, 'invalid_goal', 'event'],
    ['an empty event', { event: ' ' }, 'invalid_goal', 'event'],
    ['an event too long', { event: 'x'.repeat(121) }, 'invalid_goal', 'event'],
    ['an empty page', { page: '' }, 'invalid_goal', 'page'],
    ['a page without a slash', { page: 'thanks' }, 'invalid_goal', 'page'],
    ['a page too long', { page: `/${'x'.repeat(500)}` }, 'invalid_goal', 'page'],
    [
      'more wildcards in its page than it may have',
      { page: `/${'*a'.repeat(11)}` },
      'too_many_wildcards',
      'page',
    ],
    ['a query in its page', { page: '/a?b=c' }, 'invalid_goal', 'page'],
    [
      'eleven properties',
      { event: 'A', props: Object.fromEntries(Array.from('abcdefghijk', (name) => [name, '1'])) },
      'invalid_goal',
      'props',
    ],
    ['a property without a name', { event: 'A', props: { '': '1' } }, 'invalid_goal', 'props'],
    ['a NUL in a property', { event: 'A', props: { a: '\0' } }, 'invalid_goal', 'props'],
    ['a site of nobody', { event: 'A', siteId: 'site_x' }, 'unknown_site', 'site'],
    ['what can be no site', { event: 'A', siteId: '\0' }, 'unknown_site', 'site'],
  ])('with %s are refused', async (_, wrong, code, where) => {
    await expect(create(wrong)).rejects.toMatchObject({ code, where });
  });

  test('of a name that the site has already are refused, also two at once; another site may have it', async () => {
    const [site, another] = [await newSite(), await newSite()];
    const twice = () => create({ siteId: site, name: 'Twice', event: 'A' });
    const results = await Promise.allSettled([twice(), twice()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(twice()).rejects.toMatchObject({ code: 'goal_name_taken', where: 'name' });
    await expect(create({ siteId: another, name: 'Twice', event: 'A' })).resolves.toMatchObject({
      siteId: another,
    });
  });

  test('are kept and read back whatever their texts are, or refused with a reason', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const named = fc.record({
      name: text,
      event: text,
      props: fc.dictionary(text, text, { maxKeys: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(named, async (request) => {
        const site = await newSite();
        const goal = await create({ siteId: site, ...request }).catch((error: { code?: string }) => {
          expect(error.code).toMatch(/^invalid_(name|goal)$/);
          return null;
        });
        expect(await goalsOfSite(plane.pool, site)).toEqual(goal === null ? [] : [goal]);
        if (goal !== null) expect(goal.props).toEqual(request.props);
      }),
      { numRuns: 60 },
    );
  });

  test('go with their site', async () => {
    const site = await newSite();
    await create({ siteId: site, name: 'Gone', event: 'A' });
    await plane.db.site.delete({ where: { id: site } });
    expect(await goalsOfSite(plane.pool, site)).toEqual([]);
  });

  test('the database itself refuses one that is reached by both or by nothing', async () => {
    const insert = (event: string | null, page: string | null) =>
      plane.db.goal.create({
        data: { id: `goal_${event}${page}`, siteId, name: `${event}${page}`, event, page },
      });
    await expect(insert('A', '/a')).rejects.toThrow();
    await expect(insert(null, null)).rejects.toThrow();
    await expect(insert(null, '/a')).resolves.toBeDefined();
  });

  test('tell whoever listens that they changed', async () => {
    const listener = await plane.pool.connect();
    const heard: unknown[] = [];
    listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '')));
    await listener.query('LISTEN goal_changed');
    const site = await newSite();
    const { id } = await create({ siteId: site, name: 'Heard', event: 'A' });
    await requireGoals(own).remove(id, 'cli');
    await expect.poll(() => heard).toEqual([{ site }, { site }]);
    listener.release(true);
  });
});
