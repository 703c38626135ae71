import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PUT as change, GET as readOne, DELETE as remove } from '#app/api/v1/sites/[id]/route.ts';
import { DELETE as removeFunnel } from '#app/api/v1/sites/funnels/[funnel]/route.ts';
import { GET as listFunnels, PUT as putFunnel } from '#app/api/v1/sites/funnels/route.ts';
import { DELETE as removeGoal } from '#app/api/v1/sites/goals/[goal]/route.ts';
import { GET as listGoals, PUT as putGoal } from '#app/api/v1/sites/goals/route.ts';
import { POST as create, GET as list } from '#app/api/v1/sites/route.ts';
import { DELETE as removeSegment } from '#app/api/v1/sites/segments/[segment]/route.ts';
import { GET as listSegments, PUT as putSegment } from '#app/api/v1/sites/segments/route.ts';
import { newMerchant, openPortal, type Portal } from '#runtime/portal.fixture.ts';
import { faults } from '../openapi/conforming.fixture.ts';

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;
/** Of all sites, of `own.site` alone, and of the other tenant. */
const keys = { all: '', limited: '', other: '' };

beforeAll(async () => {
  portal = await openPortal();
  [own, other] = [await newMerchant(portal), await newMerchant(portal)];
  const newKey = async ({ tenant }: typeof own, sites: 'all' | string[] = 'all') =>
    (await tenant.apiKeys.create({ scopes: ['sites'], sites, actor: 'cli' })).apiKey;
  keys.all = await newKey(own);
  keys.limited = await newKey(own, [own.site.id]);
  keys.other = await newKey(other);
});
afterAll(() => portal.close());

type Ask = { method?: string; search?: string; body?: unknown; key?: string };

function ask({ method = 'GET', search = '', body, key = keys.all }: Ask): Request {
  const headers = new Headers({ authorization: `Bearer ${key}` });
  if (!(body instanceof FormData) && body !== undefined) headers.set('content-type', 'application/json');
  const sent = body instanceof FormData ? body : JSON.stringify(body);
  return new Request(`http://portal.example/api/v1/sites${search}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: sent }),
  });
}

const at = (id: string) => ({ params: Promise.resolve({ id }) });
const goalAt = (goal: string) => ({ params: Promise.resolve({ goal }) });

type Answer = Record<string, unknown> & {
  id: string;
  error?: { code: string; path?: string; message: string };
  sites?: { domain: string }[];
  goals?: { display_name: string }[];
  meta?: { after: string | null };
};

async function answer(asked: Promise<Response>): Promise<{ status: number; body: Answer }> {
  const response = await asked;
  return { status: response.status, body: (await response.json()) as Answer };
}

const failure = async (response: Promise<Response>) => {
  const { status, body } = await answer(response);
  return [status, body.error?.code, body.error?.path];
};

const newDomain = () => `${crypto.randomUUID()}.example`;

describe('a site', () => {
  it('is made once, however often it is asked for, and stays as it is', async () => {
    const domain = newDomain();
    const first = await answer(create(ask({ method: 'POST', body: { domain, timezone: 'Europe/Berlin' } })));
    expect([first.status, faults('CreatedSite', first.body)]).toEqual([200, []]);
    expect(first.body).toMatchObject({
      domain,
      timezone: 'Europe/Berlin',
      currency: 'EUR',
      enabled: true,
      created: true,
      snippet: expect.stringContaining(String(first.body.site_key)),
    });
    const again = await answer(
      create(ask({ method: 'POST', body: { domain: `https://WWW.${domain}/`, currency: 'USD' } })),
    );
    expect(again.body).toEqual({ ...first.body, created: false });
    const { rows } = await portal.others.pool.query(
      'SELECT action, actor FROM audit_entry WHERE subject = $1',
      [first.body.id],
    );
    expect(rows).toEqual([{ action: 'site.create', actor: expect.stringMatching(/^api:key_/) }]);
  });

  it('is made once by many at the same time', async () => {
    const domain = newDomain();
    const made = await Promise.all(
      Array.from({ length: 5 }, () => answer(create(ask({ method: 'POST', body: { domain } })))),
    );
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    expect(made.filter(({ body }) => body.created === true)).toHaveLength(1);
  });

  it('is made by a form, too, as Plausible’s examples send it', async () => {
    const form = new FormData();
    form.set('domain', newDomain());
    form.set('timezone', 'Europe/London');
    const { status, body } = await answer(create(ask({ method: 'POST', body: form })));
    expect([status, body.timezone]).toEqual([200, 'Europe/London']);
  });

  it('is read, changed, switched off and on by whatever name', async () => {
    const domain = newDomain();
    const { body: site } = await answer(create(ask({ method: 'POST', body: { domain } })));
    for (const name of [site.id, String(site.site_key), domain])
      expect((await answer(readOne(ask({}), at(name)))).body.id).toBe(site.id);
    const off = await answer(
      change(ask({ method: 'PUT', body: { enabled: false, currency: 'CHF' } }), at(domain)),
    );
    expect([off.status, faults('ManagedSite', off.body)]).toEqual([200, []]);
    expect(off.body).toMatchObject({ enabled: false, currency: 'CHF', timezone: 'Etc/UTC' });
    const weeks = { week_start: 'sunday', retention_months: 12 };
    const set = await answer(change(ask({ method: 'PUT', body: weeks }), at(domain)));
    expect([set.body, faults('ManagedSite', set.body)]).toEqual([expect.objectContaining(weeks), []]);
    const unset = await answer(change(ask({ method: 'PUT', body: { retention_months: null } }), at(domain)));
    expect(unset.body).toMatchObject({ week_start: 'sunday', retention_months: null });
    for (const wrong of [{ week_start: 'friday' }, { retention_months: 0 }, { retention_months: '-1' }])
      expect(await failure(change(ask({ method: 'PUT', body: wrong }), at(domain)))).toEqual([
        400,
        'invalid_parameter',
        Object.keys(wrong)[0],
      ]);
    const on = await answer(change(ask({ method: 'PUT', body: { enabled: 'true' } }), at(domain)));
    expect(on.body).toMatchObject({ enabled: true, currency: 'CHF' });
  });

  it.each([
    [{}, 400, 'invalid_parameter', 'domain'],
    [{ domain: ['a.example'] }, 400, 'invalid_parameter', 'domain'],
    [{ domain: 'a.example', colour: 'red' }, 400, 'invalid_parameter', 'colour'],
    [{ domain: 'no domain' }, 400, 'invalid_domain', 'domain'],
    [{ domain: 'a.example', timezone: 'Moon/Base' }, 400, 'invalid_timezone', 'timezone'],
    [{ domain: 'a.example', currency: 'XXZ' }, 400, 'unknown_currency', 'currency'],
    [[], 400, 'invalid_parameter', 'body'],
  ])('is not made of %j: %d %s at %s', async (body, ...expected) => {
    expect(await failure(create(ask({ method: 'POST', body })))).toEqual(expected);
  });

  it('is deleted at once, by the keys that open it alone, and its domain is free again', async () => {
    const domain = newDomain();
    const { body } = await answer(create(ask({ method: 'POST', body: { domain } })));
    expect(await failure(remove(ask({ method: 'DELETE', key: keys.other }), at(body.id)))).toEqual([
      403,
      'forbidden',
      'site_id',
    ]);
    expect(await answer(remove(ask({ method: 'DELETE' }), at(domain)))).toEqual({
      status: 200,
      body: { deleted: true },
    });
    expect((await failure(readOne(ask({}), at(body.id))))[0]).toBe(404);
    expect((await failure(remove(ask({ method: 'DELETE' }), at(body.id))))[0]).toBe(404);
    expect((await answer(create(ask({ method: 'POST', body: { domain } })))).body).toMatchObject({
      created: true,
    });
  });

  it('beyond those that a tenant may have is a typed error, and one that is there is answered still', async () => {
    const { tenant } = await newMerchant(portal);
    const { apiKey: key } = await tenant.apiKeys.create({ scopes: ['sites'], actor: 'cli' });
    const rows = Array.from({ length: 99 }, (_, n) => ({
      id: `site_${tenant.tenantId}_${n}`,
      tenantId: tenant.tenantId,
      siteKey: `ff_${tenant.tenantId}_${n}`,
      domain: `seller-${n}.example`,
    }));
    await portal.database.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT set_config('footfall.tenant', ${tenant.tenantId}, true)`;
      await transaction.site.createMany({ data: rows });
    });
    expect(await failure(create(ask({ method: 'POST', body: { domain: newDomain() }, key })))).toEqual([
      409,
      'too_many',
      'domain',
    ]);
    const { body } = await answer(create(ask({ method: 'POST', body: { domain: 'seller-7.example' }, key })));
    expect(body.created).toBe(false);
  });
});

describe('the list of sites', () => {
  it('goes on by cursors, and has what the key opens alone', async () => {
    const seen: string[] = [];
    for (let after: string | null | undefined = ''; after !== null && after !== undefined; ) {
      const search: string = `?limit=2${after === '' ? '' : `&after=${after}`}`;
      const { body } = await answer(list(ask({ search })));
      expect(faults('SitePage', body)).toEqual([]);
      seen.push(...(body.sites ?? []).map(({ domain }) => domain));
      after = body.meta?.after;
    }
    const all = (await own.tenant.sites.list()).map(({ domain }) => domain);
    expect(seen.toSorted()).toEqual(all.toSorted());
    expect(new Set(seen).size).toBe(seen.length);
    const { body: limited } = await answer(list(ask({ key: keys.limited })));
    expect(limited.sites?.map(({ domain }) => domain)).toEqual([own.site.domain]);
  });
});

describe('a key', () => {
  const body = { domain: 'x.example' };
  const goal = () => ({ site_id: own.site.id, goal_type: 'event', event_name: 'Sale' });

  it('without the scope does nothing', async () => {
    for (const key of [own.statsKey, own.ingestKey]) {
      expect(await failure(create(ask({ method: 'POST', body, key })))).toEqual([
        403,
        'forbidden',
        undefined,
      ]);
      expect(await failure(list(ask({ key })))).toEqual([403, 'forbidden', undefined]);
      expect(await failure(putGoal(ask({ method: 'PUT', body: goal(), key })))).toEqual([
        403,
        'forbidden',
        undefined,
      ]);
    }
  });

  it('that is limited makes no site, and touches no other than its own', async () => {
    const { id } = await own.tenant.sites.create({ domain: newDomain(), actor: 'cli' });
    const key = keys.limited;
    expect(await failure(create(ask({ method: 'POST', body, key })))).toEqual([403, 'forbidden', undefined]);
    expect((await failure(readOne(ask({ key }), at(id))))[0]).toBe(403);
    expect((await failure(change(ask({ method: 'PUT', body: {}, key }), at(id))))[0]).toBe(403);
    expect((await failure(listGoals(ask({ search: `?site_id=${id}`, key }))))[0]).toBe(403);
    expect((await answer(readOne(ask({ key }), at(own.site.id)))).status).toBe(200);
  });

  it('of another tenant finds nothing', async () => {
    const key = keys.other;
    expect((await failure(readOne(ask({ key }), at(own.site.id))))[0]).toBe(403);
    expect((await failure(readOne(ask({ key }), at(own.site.domain))))[0]).toBe(404);
    const enabled = { enabled: false };
    expect((await failure(change(ask({ method: 'PUT', body: enabled, key }), at(own.site.id))))[0]).toBe(403);
    expect((await own.tenant.sites.find(own.site.id))?.enabled).toBe(true);
    // A domain that several have is each tenant's own.
    const { body: same } = await answer(
      create(ask({ method: 'POST', body: { domain: own.site.domain }, key })),
    );
    expect(same).toMatchObject({ created: true, domain: own.site.domain });
    expect(same.id).not.toBe(own.site.id);
  });
});

describe('goals', () => {
  const put = (body: object, key = keys.all) =>
    answer(putGoal(ask({ method: 'PUT', body: { site_id: own.site.domain, ...body }, key })));

  it('are made once by what reaches them, listed and removed', async () => {
    const event = { goal_type: 'event', event_name: 'Signup', custom_props: { plan: 'pro' } };
    const first = await put(event);
    expect([first.status, faults('CreatedGoal', first.body)]).toEqual([200, []]);
    expect(first.body).toMatchObject({ display_name: 'Signup', page_path: null, created: true });
    expect((await put({ ...event, display_name: 'Other' })).body).toEqual({ ...first.body, created: false });
    const page = await put({ goal_type: 'page', page_path: '/grüße/*' });
    expect(page.body).toMatchObject({ display_name: 'Visit /grüße/*', event_name: null, created: true });
    expect((await put({ goal_type: 'page', page_path: '/gr%C3%BC%C3%9Fe/*' })).body.created).toBe(false);
    const search = `?site_id=${own.site.id}`;
    const { body } = await answer(listGoals(ask({ search })));
    expect(faults('GoalPage', body)).toEqual([]);
    expect(body.goals?.map(({ display_name }) => display_name)).toEqual(['Signup', 'Visit /grüße/*']);
    const form = new FormData();
    form.set('site_id', own.site.id);
    const gone = await answer(removeGoal(ask({ method: 'DELETE', body: form }), goalAt(first.body.id)));
    expect(gone).toMatchObject({ status: 200, body: { deleted: true } });
    expect(await failure(removeGoal(ask({ method: 'DELETE', search }), goalAt(first.body.id)))).toEqual([
      404,
      'unknown_goal',
      'goal_id',
    ]);
  });

  it('of another site are not removed', async () => {
    const { body } = await put({ goal_type: 'event', event_name: 'Kept' });
    const elsewhere = await other.tenant.sites.list();
    const search = `?site_id=${elsewhere[0]?.id}`;
    const removed = await failure(
      removeGoal(ask({ method: 'DELETE', search, key: keys.other }), goalAt(body.id)),
    );
    expect(removed[0]).toBe(404);
    expect((await own.tenant.goals.list(own.site.id)).map(({ name }) => name)).toContain('Kept');
  });

  it.each([
    [{ goal_type: 'event' }, 400, 'invalid_parameter', 'event_name'],
    [{ goal_type: 'page', event_name: 'x' }, 400, 'invalid_parameter', 'page_path'],
    [{ goal_type: 'mood' }, 400, 'invalid_parameter', 'goal_type'],
    [{ goal_type: 'page', page_path: 'nowhere' }, 400, 'invalid_goal', 'page'],
    [{ goal_type: 'event', event_name: 'New', display_name: 'Kept' }, 409, 'goal_name_taken', 'name'],
  ])('are not made of %j: %d %s', async (body, ...expected) => {
    const { status, body: refused } = await put(body);
    expect([status, refused.error?.code, refused.error?.path]).toEqual(expected);
  });
});

const THINGS = [
  {
    thing: 'funnel',
    put: putFunnel,
    list: listFunnels,
    remove: (request: Request, id: string) =>
      removeFunnel(request, { params: Promise.resolve({ funnel: id }) }),
    first: { steps: [{ page: '/a' }, { event: 'Signup' }] },
    second: { steps: [{ page: '/b' }, { event: 'Signup', props: { plan: 'pro' } }] },
    schema: 'Funnel',
    wrong: [
      { steps: [{ page: '/a' }] },
      { steps: [{ page: '/a' }, 'Nowhere'] },
      { steps: [{ page: '/a' }, 7] },
    ],
  },
  {
    thing: 'segment',
    put: putSegment,
    list: listSegments,
    remove: (request: Request, id: string) =>
      removeSegment(request, { params: Promise.resolve({ segment: id }) }),
    first: { filters: [['is', 'visit:country', ['DE']]] },
    second: { filters: [['is', 'visit:country', ['AT', 'CH']]] },
    schema: 'Segment',
    wrong: [{ filters: [] }, { filters: [['is', 'visit:mood', ['good']]] }, { filters: 'all' }],
  },
] as const;

describe.each(THINGS)('what a site keeps under a name: a $thing', (row) => {
  const { thing, put, list: listOf, remove: removeOne, first, second, schema, wrong } = row;
  const save = (body: object, key = keys.all) =>
    put(ask({ method: 'PUT', body: { site_id: own.site.domain, name: 'Kept', ...body }, key }));
  const search = () => `?site_id=${own.site.id}`;

  it('is made, changed by its name, listed and removed', async () => {
    const made = await answer(save(first));
    expect([made.status, faults(`Created${schema}`, made.body)]).toEqual([200, []]);
    expect(made.body).toMatchObject({ name: 'Kept', domain: own.site.domain, created: true, ...first });
    expect((await answer(save(first))).body).toEqual({ ...made.body, created: false });
    expect((await answer(save(second))).body).toEqual({ ...made.body, ...second, created: false });
    const { body } = await answer(listOf(ask({ search: search() })));
    expect([faults(`${schema}Page`, body), body[`${thing}s`]]).toEqual([
      [],
      [expect.objectContaining({ id: made.body.id, ...second })],
    ]);
    const gone = await answer(removeOne(ask({ method: 'DELETE', search: search() }), made.body.id));
    expect(gone).toEqual({ status: 200, body: { deleted: true } });
    expect(await failure(removeOne(ask({ method: 'DELETE', search: search() }), made.body.id))).toEqual([
      404,
      `unknown_${thing}`,
      thing,
    ]);
    const entries = await portal.database.$transaction(async (transaction) => {
      await transaction.$executeRaw`SELECT set_config('footfall.tenant', ${own.tenant.tenantId}, true)`;
      return transaction.auditEntry.findMany({
        where: { subject: made.body.id },
        orderBy: { createdAt: 'asc' },
      });
    });
    expect(entries.map(({ action }) => action)).toEqual(
      ['create', 'update', 'remove'].map((how) => `${thing}.${how}`),
    );
  });

  it('is neither seen, changed nor removed by another tenant, and by a limited key at its own site alone', async () => {
    const { body } = await answer(save(first));
    const key = keys.other;
    for (const site_id of [own.site.id, own.site.siteKey]) {
      expect((await failure(save({ ...second, site_id }, key)))[0]).toBe(403);
      expect((await failure(listOf(ask({ search: `?site_id=${site_id}`, key }))))[0]).toBe(403);
    }
    // Its id under a site of their own.
    const elsewhere = (await other.tenant.sites.list())[0]?.id;
    const asked = ask({ method: 'DELETE', search: `?site_id=${elsewhere}`, key });
    expect(await failure(removeOne(asked, body.id))).toEqual([404, `unknown_${thing}`, thing]);
    const { id } = await own.tenant.sites.create({ domain: newDomain(), actor: 'cli' });
    expect((await failure(save({ ...second, site_id: id }, keys.limited)))[0]).toBe(403);
    const kept = await answer(listOf(ask({ search: search(), key: keys.limited })));
    expect(kept.body[`${thing}s`]).toEqual([expect.objectContaining({ id: body.id, ...first })]);
  });

  it.each<object>([...wrong])('is not made of %j', async (body) => {
    const [status, code] = await failure(save(body));
    expect([status, String(code)]).toEqual([
      400,
      expect.stringMatching(/^invalid_(funnel|segment|parameter)$/),
    ]);
  });

  it('has a name that can be printed, and one for every 50 or 100', async () => {
    expect(await failure(save({ ...first, name: '' }))).toEqual([400, 'invalid_name', 'name']);
    const most = thing === 'funnel' ? 50 : 100;
    const { id: site_id } = await own.tenant.sites.create({ domain: newDomain(), actor: 'cli' });
    for (let n = 0; n < most; n += 10)
      await Promise.all(
        Array.from({ length: 10 }, (_, m) => answer(save({ ...first, site_id, name: `n ${n + m}` }))),
      );
    expect((await failure(save({ ...first, site_id, name: 'one more' })))[1]).toBe('too_many');
    expect((await answer(save({ ...second, site_id, name: 'n 7' }))).body).toMatchObject({
      created: false,
      ...second,
    });
  });
});
