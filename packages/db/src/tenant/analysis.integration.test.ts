import { TENANT_LIMITS } from '@footfall/core/tenant-limit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import { inTenant, type TenantScope } from './scope.ts';
import { segmentOfSite } from './segment.ts';

let plane: ControlPlane;
let own: TenantScope;
let other: TenantScope;
beforeAll(async () => {
  plane = await freshControlPlane();
  own = inTenant(plane.db, (await plane.newTenant()).tenantId);
  other = inTenant(plane.db, (await plane.newTenant()).tenantId);
});
afterAll(() => plane.drop());

let sites = 0;
async function newSite(scope = own): Promise<string> {
  sites += 1;
  return (await scope.sites.create({ domain: `analysis${sites}.example`, actor: 'cli' })).id;
}

const STEPS = [{ page: '/p/*' }, { event: 'add_to_cart', props: { plan: 'pro' } }];
const GERMANY = [['is', 'visit:country', ['DE']]];

const readAudit = async (subject: string) => {
  const entries = await plane.db.auditEntry.findMany({ where: { subject }, orderBy: { createdAt: 'asc' } });
  return entries.map(({ action }) => action);
};

describe('funnels', () => {
  test('are kept as they were named, listed by name, and removed', async () => {
    const siteId = await newSite();
    const second = await own.funnels.create({ siteId, name: ' Order ', steps: STEPS, actor: 'cli' });
    const first = await own.funnels.create({ siteId, name: 'Cart', steps: STEPS, actor: 'cli' });
    expect(second).toEqual({ id: second.id, siteId, name: 'Order', steps: STEPS });
    expect(await own.funnels.list(siteId)).toEqual([first, second]);
    expect(await own.funnels.remove({ siteId, id: first.id, actor: 'cli' })).toBe(true);
    expect(await own.funnels.remove({ siteId, id: first.id, actor: 'cli' })).toBe(false);
    expect(await readAudit(first.id)).toEqual(['funnel.create', 'funnel.remove']);
  });

  test('keep a goal by its id, so that it may get another name', async () => {
    const siteId = await newSite();
    const goal = await own.goals.create({ siteId, name: 'Bought', event: 'purchase', actor: 'cli' });
    const steps = ['Bought', { goal: goal.id }, { page: '/thanks' }];
    const funnel = await own.funnels.create({ siteId, name: 'F', steps, actor: 'cli' });
    expect(funnel.steps).toEqual([{ goal: goal.id }, { goal: goal.id }, { page: '/thanks' }]);
    await own.goals.rename({ siteId, id: goal.id, name: 'Ordered', actor: 'cli' });
    expect((await own.goals.list(siteId)).map(({ name }) => name)).toEqual(['Ordered']);
    expect(await readAudit(goal.id)).toEqual(['goal.create', 'goal.update']);
  });

  test.each<[string, unknown]>([
    ['one step', [{ page: '/a' }]],
    ['nine steps', Array.from({ length: 9 }, () => ({ page: '/a' }))],
    ['a text', 'a'],
    ['a goal that the site does not have', ['None', { page: '/a' }]],
    ['a page without a slash', [{ page: 'a' }, { page: '/a' }]],
    ['a step of two kinds', [{ page: '/a', event: 'a' }, { page: '/a' }]],
    ['a property that is a number', [{ event: 'a', props: { a: 1 } }, { page: '/a' }]],
  ])('of %s are refused', async (_, steps) => {
    const siteId = await newSite();
    const made = own.funnels.create({ siteId, name: 'Wrong', steps, actor: 'cli' });
    await expect(made).rejects.toMatchObject({ code: 'invalid_funnel', where: 'steps' });
  });

  test('of a name that is taken are refused', async () => {
    const siteId = await newSite();
    const make = () => own.funnels.create({ siteId, name: 'Twice', steps: STEPS, actor: 'cli' });
    await make();
    await expect(make()).rejects.toMatchObject({
      code: 'name_taken',
      values: { thing: 'funnels', name: 'Twice' },
    });
  });
});

describe('segments', () => {
  test('are kept as they were named, found by id, and removed', async () => {
    const siteId = await newSite();
    const segment = await own.segments.create({ siteId, name: 'Germany', filters: GERMANY, actor: 'cli' });
    expect(await own.segments.list(siteId)).toEqual([segment]);
    expect(segment.filters).toEqual(GERMANY);
    expect(await segmentOfSite(plane.pool, siteId, segment.id)).toEqual(segment);
    expect(await segmentOfSite(plane.pool, siteId, '\0')).toBeNull();
    expect(await own.segments.remove({ siteId: await newSite(), id: segment.id, actor: 'cli' })).toBe(false);
    expect(await own.segments.remove({ siteId, id: segment.id, actor: 'cli' })).toBe(true);
    expect(await readAudit(segment.id)).toEqual(['segment.create', 'segment.remove']);
  });

  test.each<[string, unknown]>([
    ['no filter', []],
    ['a text', 'x'],
    ['a dimension that is not there', [['is', 'visit:mood', ['good']]]],
    ['a metric', [['greater_than', 'visitors', [5]]]],
    ['a NUL', [['is', 'visit:country', ['\0']]]],
    ['half a character', [['is', 'visit:country', ['\ud800']]]],
    [
      'a goal that the site does not have',
      [
        ['is', 'event:goal', ['None']],
        ['is', 'event:name', [5]],
      ],
    ],
    ['more than fits', [['is', 'visit:country', ['x'.repeat(8_000)]]]],
  ])('of %s are refused', async (_, filters) => {
    const siteId = await newSite();
    const made = own.segments.create({ siteId, name: 'Wrong', filters, actor: 'cli' });
    await expect(made).rejects.toMatchObject({ code: 'invalid_segment', where: 'filters' });
  });

  test('are kept and read back whatever their texts are, or refused with a reason', async () => {
    const siteId = await newSite();
    let made = 0;
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), async (value) => {
        made += 1;
        const filters = [['is', 'visit:source', [value]]];
        const segment = await own.segments
          .create({ siteId, name: `s${made}`, filters, actor: 'cli' })
          .catch((error: { code?: string }) => {
            expect(error.code).toBe('invalid_segment');
            return null;
          });
        if (segment === null) return;
        expect((await own.segments.list(siteId)).at(0)?.filters).toEqual(filters);
        await own.segments.remove({ siteId, id: segment.id, actor: 'cli' });
      }),
      { numRuns: 40 },
    );
  });
});

describe('another tenant', () => {
  test('sees, adds, renames, removes and copies nothing', async () => {
    const siteId = await newSite();
    const goal = await own.goals.create({ siteId, name: 'Mine', event: 'a', actor: 'cli' });
    const funnel = await own.funnels.create({ siteId, name: 'Mine', steps: STEPS, actor: 'cli' });
    const segment = await own.segments.create({ siteId, name: 'Mine', filters: GERMANY, actor: 'cli' });
    expect(await other.funnels.list(siteId)).toEqual([]);
    expect(await other.segments.list(siteId)).toEqual([]);
    expect(await other.funnels.remove({ siteId, id: funnel.id, actor: 'cli' })).toBe(false);
    expect(await other.segments.remove({ siteId, id: segment.id, actor: 'cli' })).toBe(false);
    const unknown = { code: 'unknown_site' };
    const theirs = { siteId, name: 'Theirs', actor: 'cli' };
    await expect(other.funnels.create({ ...theirs, steps: STEPS })).rejects.toMatchObject(unknown);
    await expect(other.segments.create({ ...theirs, filters: GERMANY })).rejects.toMatchObject(unknown);
    await expect(other.goals.rename({ ...theirs, id: goal.id })).rejects.toMatchObject({
      code: 'unknown_goal',
    });
    const elsewhere = await newSite(other);
    for (const [from, to] of [
      [siteId, elsewhere],
      [elsewhere, siteId],
    ] as const) {
      const copy = { from, to, things: ['goals', 'funnels', 'segments'], actor: 'cli' } as const;
      await expect(other.copyAnalysis(copy)).rejects.toMatchObject(unknown);
      await expect(own.copyAnalysis(copy)).rejects.toMatchObject(unknown);
    }
  });
});

describe('copying to another site', () => {
  const ALL = ['goals', 'funnels', 'segments'] as const;

  test('adds what has no name there, with funnels made of the goals there, and a second time nothing', async () => {
    const [from, to] = [await newSite(), await newSite()];
    const props = { plan: 'pro' };
    const goal = await own.goals.create({
      siteId: from,
      name: 'Bought',
      event: 'purchase',
      props,
      actor: 'cli',
    });
    await own.goals.create({ siteId: from, name: 'Cart', page: '/cart', actor: 'cli' });
    await own.goals.create({ siteId: to, name: 'Cart', page: '/basket', actor: 'cli' });
    const steps = [{ page: '/p/*' }, { goal: goal.id }];
    await own.funnels.create({ siteId: from, name: 'Order', steps, actor: 'cli' });
    await own.segments.create({ siteId: from, name: 'Germany', filters: GERMANY, actor: 'cli' });
    const copied = await own.copyAnalysis({ from, to, things: ALL, actor: 'cli' });
    expect(copied).toEqual({ goals: 1, funnels: 1, segments: 1 });
    const there = await own.goals.list(to);
    expect(there.map(({ name, page, props: of }) => ({ name, page, of }))).toEqual([
      { name: 'Bought', page: null, of: props },
      { name: 'Cart', page: '/basket', of: {} },
    ]);
    expect((await own.funnels.list(to)).map(({ steps: copy }) => copy)).toEqual([
      [{ page: '/p/*' }, { goal: there[0]?.id }],
    ]);
    expect((await own.segments.list(to)).map(({ filters }) => filters)).toEqual([GERMANY]);
    const again = await own.copyAnalysis({ from, to, things: ALL, actor: 'cli' });
    expect(again).toEqual({ goals: 0, funnels: 0, segments: 0 });
    expect((await readAudit(to)).filter((action) => action === 'analysis.copy')).toHaveLength(2);
  });

  test('takes the goals along that funnels are made of', async () => {
    const [from, to] = [await newSite(), await newSite()];
    await own.goals.create({ siteId: from, name: 'Bought', event: 'purchase', actor: 'cli' });
    await own.funnels.create({ siteId: from, name: 'F', steps: ['Bought', 'Bought'], actor: 'cli' });
    const copied = await own.copyAnalysis({ from, to, things: ['funnels'], actor: 'cli' });
    expect(copied).toEqual({ goals: 1, funnels: 1, segments: 0 });
  });

  test('adds nothing at all where it does not fit', async () => {
    const [from, to] = [await newSite(), await newSite()];
    const steps = [{ page: '/a' }, { page: '/b' }];
    const row = (siteId: string, index: number) => ({
      id: `funnel_${siteId}_${index}`,
      siteId,
      name: `${siteId} ${index}`,
      steps,
    });
    await plane.db.funnel.createMany({
      data: Array.from({ length: TENANT_LIMITS.funnels - 1 }, (_, index) => row(to, index)),
    });
    await plane.db.funnel.createMany({ data: [row(from, 0), row(from, 1)] });
    await own.goals.create({ siteId: from, name: 'Bought', event: 'purchase', actor: 'cli' });
    const copy = { from, to, things: ['funnels'], actor: 'cli' } as const;
    await expect(own.copyAnalysis(copy)).rejects.toMatchObject({ code: 'too_many' });
    expect(await own.goals.list(to)).toEqual([]);
    await plane.db.funnel.delete({ where: { id: row(from, 1).id } });
    expect(await own.copyAnalysis(copy)).toEqual({ goals: 1, funnels: 1, segments: 0 });
  });
});
