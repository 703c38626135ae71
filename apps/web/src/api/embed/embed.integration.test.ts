import { storedEvent } from '@footfall/core/stored-event.fixture';
import { type EmbedGrant, signEmbedToken } from '@footfall/embed/sign';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPTIONS, POST } from '#app/api/embed/query/route.ts';
import { newMerchant, openPortal, type Portal, report } from '#runtime/portal.fixture.ts';

const ORIGIN = 'https://market.example';
const PORTAL = 'http://portal.example';
const DAY = '2026-01-07';
const QUERY = { metrics: ['visitors', 'pageviews'], date_range: [DAY, DAY] };

let portal: Portal;
let own: Awaited<ReturnType<typeof newMerchant>>;
let other: Awaited<ReturnType<typeof newMerchant>>;
let key: { kid: string; secret: string };

type Merchant = Awaited<ReturnType<typeof newMerchant>>;
type KeyScope = Partial<{ sites: string[]; reports: string[]; origins: string[] }>;

const newKey = ({ tenant, userId }: Merchant, scope: KeyScope = {}) =>
  tenant.embedKeys.create({
    origins: [ORIGIN],
    installationSecret: portal.config.secret,
    actor: userId,
    ...scope,
  });

let views = 0;
/** A view of a page of a seller, by a visitor. */
function view(visitor: string, seller: string, page: string, at = `${DAY}T10:00:00Z`) {
  views += 1;
  return storedEvent({
    id: `view-${views}`,
    visitor,
    occurredAt: Date.parse(at) + views * 1_000,
    url: `https://shop.example${page}`,
    props: { seller },
  });
}

beforeAll(async () => {
  portal = await openPortal();
  own = await newMerchant(portal);
  other = await newMerchant(portal);
  await own.tenant.goals.create({ siteId: own.site.id, name: 'Both', page: '/**', actor: own.userId });
  await report(portal, own.site, [
    view('a', '42', '/42/mug'),
    view('a', '43', '/43/bowl'),
    view('b', '43', '/43/bowl'),
    view('c', '43', '/43/plate'),
    view('d', '43', '/43/plate', '2026-01-06T10:00:00Z'),
    view('e', '42', '/42/mug', '2026-01-06T10:00:00Z'),
  ]);
  key = await newKey(own);
});
afterAll(() => portal.close());

const SELLER = [['is', 'event:props:seller', ['42']]];

const sign = (grant: Partial<EmbedGrant> = {}, by = key, options: { now?: number; lifetime?: number } = {}) =>
  signEmbedToken(
    { sites: [own.site.id], reports: ['overview'], filters: SELLER, ...grant },
    { ...by, ...options },
  );

/** What is sent beside the question. */
type Sent = { origin?: string | null; headers?: Record<string, string> };

function post(token: string | null, query: object = {}, { origin = null, headers = {} }: Sent = {}) {
  return POST(
    new Request(`${PORTAL}/api/embed/query`, {
      method: 'POST',
      headers: {
        host: 'portal.example',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(origin === null ? {} : { origin }),
        ...headers,
      },
      body: JSON.stringify({ site_id: own.site.id, ...QUERY, ...query }),
    }),
  );
}

async function outcome(response: Response): Promise<[number, string | undefined]> {
  const body = (await response.json()) as { error?: { code: string } };
  return [response.status, body.error?.code];
}

async function rows(token: string, query: object = {}) {
  const response = await post(token, query);
  const body = await response.json();
  expect([response.status, body.error?.message]).toEqual([200, undefined]);
  return (body.results as { dimensions: string[]; metrics: unknown[] }[]).map(({ dimensions, metrics }) => [
    ...dimensions,
    ...metrics,
  ]);
}

describe('an embed token', () => {
  it('shows a seller its own numbers and nobody else’s', async () => {
    expect(await rows(sign())).toEqual([[1, 1]]);
    expect(await rows(sign({ filters: [['is', 'event:props:seller', ['43']]] }))).toEqual([[3, 3]]);
    expect(await rows(sign({ filters: [] }))).toEqual([[3, 4]]);
  });

  it('names a site by id, key or domain', async () => {
    for (const name of [own.site.id, own.site.siteKey, own.site.domain])
      expect(await rows(sign({ sites: [name] }), { site_id: own.site.id })).toEqual([[1, 1]]);
  });

  it('says with the answer which filters it is of', async () => {
    const body = await (await post(sign(), { filters: [['is', 'event:page', ['/42/mug']]] })).json();
    expect(body.query.filters).toEqual([['is', 'event:page', ['/42/mug']], ...SELLER]);
  });
});

describe('filters of a token hold, whatever the page asks', () => {
  const page = (path: string) => ['is', 'event:page', [path]];
  it.each<[string, object, unknown[]]>([
    ['another filter', { filters: [page('/43/bowl')] }, [[0, 0]]],
    [
      'an or with everything',
      { filters: [['or', [page('/42/mug'), page('/43/bowl'), ['not', page('/x')]]]] },
      [[1, 1]],
    ],
    ['not of nothing', { filters: [['not', page('/42/mug')]] }, [[0, 0]]],
    ['an empty list', { filters: [] }, [[1, 1]]],
    ['null', { filters: null }, [[1, 1]]],
    ['what they have done elsewhere', { filters: [['has_done', page('/43/bowl')]] }, [[0, 0]]],
    ['what they have not done elsewhere', { filters: [['has_not_done', page('/43/bowl')]] }, [[1, 1]]],
    ['what they have done here', { filters: [['has_done', page('/42/mug')]] }, [[1, 1]]],
    ['pages', { dimensions: ['event:page'] }, [['/42/mug', 1, 1]]],
    ['shares', { metrics: ['percentage'], dimensions: ['event:page'] }, [['/42/mug', 100]]],
    [
      'days',
      { dimensions: ['time:day'], date_range: ['2026-01-06', DAY] },
      [
        ['2026-01-06', 1, 1],
        [DAY, 1, 1],
      ],
    ],
  ])('%s', async (_, query, expected) => {
    expect(await rows(sign(), query)).toEqual(expected);
  });

  it('in what it is compared with, too', async () => {
    const include = { comparisons: { mode: 'previous_period' } };
    const { results } = await (await post(sign(), { include })).json();
    expect(results[0].comparison.metrics).toEqual([1, 1]);
  });

  it('in goals and in what their rates are of', async () => {
    const query = { metrics: ['visitors', 'conversion_rate'], dimensions: ['event:goal'] };
    expect(await rows(sign({ reports: ['goals'] }), query)).toEqual([['Both', 1, 100]]);
    const goal = [['is', 'event:goal', ['Both']], ...SELLER];
    expect(await rows(sign({ reports: ['goals'], filters: goal }), query)).toEqual([['Both', 1, 100]]);
  });

  it('and a goal that the site does not have opens nothing, and names none', async () => {
    const response = await post(sign({ filters: [['is', 'event:goal', ['Other']]] }));
    expect(response.status).toBe(401);
    const { error } = await response.json();
    expect(error.code).toBe('token_claims');
    expect(error.message).not.toContain('Both');
  });

  it.each([
    [{ filters: [['is', 'event:props:seller', ['43']]] }],
    [{ filters: [['is_not', 'event:props:seller', ['42']]] }],
    [{ dimensions: ['event:props:seller'] }],
    [{ metrics: ['total_revenue'] }],
    [{ metrics: ['visitors'], dimensions: ['event:goal'] }],
  ])('what is in no report of the token is not answered: %j', async (query) => {
    expect(await outcome(await post(sign(), query))).toEqual([403, 'report_not_in_token']);
  });

  it.each([[{ explain: true }], [{ segment: 'x' }], [{ include: { everything: true } }]])(
    'and %j is not a question',
    async (query) => {
      expect((await outcome(await post(sign(), query)))[0]).toBe(400);
    },
  );
});

describe('what a token does not show', () => {
  it('is another tenant’s site, whoever signs for it', async () => {
    const foreign = { sites: [other.site.id, other.site.siteKey, other.site.domain] };
    for (const site_id of foreign.sites)
      expect(await outcome(await post(sign(foreign), { site_id }))).toEqual([403, 'site_not_in_token']);
  });

  it('is a site of the tenant that the token or the key leaves out', async () => {
    const second = await own.tenant.sites.create({ domain: 'second.example', actor: own.userId });
    expect(await outcome(await post(sign(), { site_id: second.id }))).toEqual([403, 'site_not_in_token']);
    const narrow = await newKey(own, { sites: [own.site.id] });
    const wide = sign({ sites: [own.site.id, second.id] }, narrow);
    expect(await outcome(await post(wide, { site_id: second.id }))).toEqual([403, 'site_not_in_token']);
    expect(await rows(wide)).toEqual([[1, 1]]);
  });

  it('is a site that is not there, which nobody can tell from others', async () => {
    expect(await outcome(await post(sign({ sites: ['nowhere'] }), { site_id: 'nowhere' }))).toEqual([
      403,
      'site_not_in_token',
    ]);
    expect((await outcome(await post(sign(), { site_id: undefined })))[1]).toBe('invalid_site_id');
    expect((await outcome(await post(sign(), { site_id: { id: own.site.id } })))[1]).toBe('invalid_site_id');
  });

  it('is a report that its key does not allow', async () => {
    const narrow = await newKey(own, { reports: ['chart'] });
    expect(await outcome(await post(sign({}, narrow), { dimensions: ['event:page'] }))).toEqual([
      403,
      'report_not_allowed',
    ]);
    expect(await rows(sign({ reports: ['overview', 'chart'] }, narrow))).toEqual([[1, 1]]);
  });
});

describe('a token that does not hold', () => {
  it('is told why', async () => {
    const now = Date.now();
    expect(await outcome(await post(null))).toEqual([401, 'token_missing']);
    expect(await outcome(await post('x.y'))).toEqual([401, 'token_malformed']);
    expect(await outcome(await post(sign({}, key, { now: now - 700_000 })))).toEqual([401, 'token_expired']);
    expect(await outcome(await post(sign({}, key, { now: now + 60_000 })))).toEqual([
      401,
      'token_not_yet_valid',
    ]);
    const unknown = { kid: 'embed_nobody', secret: key.secret };
    expect(await outcome(await post(sign({}, unknown)))).toEqual([401, 'token_key_unknown']);
    const foreign = { kid: key.kid, secret: (await newKey(other)).secret };
    expect(await outcome(await post(sign({}, foreign)))).toEqual([401, 'token_signature']);
  });

  it('falls back to nobody else: no cookie, no session, no API key', async () => {
    const cookie = { cookie: 'next-auth.session-token=x; token=y' };
    expect(await outcome(await post(null, {}, { headers: cookie }))).toEqual([401, 'token_missing']);
    expect(await outcome(await post(own.statsKey))).toEqual([401, 'token_malformed']);
    const basic = { authorization: `Basic ${Buffer.from(`${own.statsKey}:`).toString('base64')}` };
    expect(await outcome(await post(null, {}, { headers: basic }))).toEqual([401, 'token_missing']);
    const expired = sign({}, key, { now: Date.now() - 700_000 });
    expect(await outcome(await post(expired, {}, { headers: cookie }))).toEqual([401, 'token_expired']);
  });

  it('was signed with a secret that has gone', async () => {
    const rotated = await newKey(own);
    const old = sign({}, rotated);
    const rotate = (graceHours: number) =>
      own.tenant.embedKeys.rotate(rotated.kid, {
        graceHours,
        installationSecret: portal.config.secret,
        actor: own.userId,
      });
    await rotate(1);
    expect(await rows(old)).toEqual([[1, 1]]);
    const { secret } = await rotate(0);
    expect(await outcome(await post(old))).toEqual([401, 'token_signature']);
    const fresh = sign({}, { kid: rotated.kid, secret });
    expect(await rows(fresh)).toEqual([[1, 1]]);
    await own.tenant.embedKeys.revoke(rotated.kid, own.userId);
    expect(await outcome(await post(fresh))).toEqual([401, 'token_key_unknown']);
  });
});

describe('pages of other origins', () => {
  const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');
  const preflight = (origin: string) =>
    OPTIONS(new Request(`${PORTAL}/api/embed/query`, { method: 'OPTIONS', headers: { origin } }));

  it('may ask when the key names them, without cookies', async () => {
    const response = await post(sign(), {}, { origin: ORIGIN });
    expect([response.status, allowed(response)]).toEqual([200, ORIGIN]);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('vary')).toContain('origin');
    const refused = await post(sign({}, key, { now: Date.now() - 700_000 }), {}, { origin: ORIGIN });
    expect([refused.status, allowed(refused)]).toEqual([401, ORIGIN]);
  });

  it.each(['https://evil.example', 'null', 'https://market.example.evil.example', 'http://market.example'])(
    'may not ask from %s',
    async (origin) => {
      const response = await post(sign(), {}, { origin });
      expect(allowed(response)).toBeNull();
      expect(await outcome(response)).toEqual([403, 'wrong_origin']);
      const asked = await preflight(origin);
      expect([asked.status, allowed(asked)]).toEqual([403, null]);
    },
  );

  it('may not ask with the key of another tenant', async () => {
    const elsewhere = 'https://other-market.example';
    await newKey(other, { origins: [elsewhere] });
    const response = await post(sign(), {}, { origin: elsewhere });
    expect([response.status, allowed(response)]).toEqual([403, null]);
  });

  it('are told before they ask', async () => {
    const response = await preflight(ORIGIN);
    expect([response.status, allowed(response)]).toEqual([204, ORIGIN]);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/authorization, content-type/);
    expect(Number(response.headers.get('access-control-max-age'))).toBeGreaterThan(0);
  });

  it('are not asked about when it is our own, or a server', async () => {
    expect((await post(sign(), {}, { origin: PORTAL })).status).toBe(200);
    expect((await post(sign())).status).toBe(200);
  });
});

it('what became of questions is told to the key’s tenant within seconds', async () => {
  const counted = await newKey(own);
  await post(sign({}, counted));
  await post(sign({}, counted, { now: Date.now() - 700_000 }));
  await post(sign({}, counted), { dimensions: ['event:props:seller'] });
  const uses = async () =>
    (await own.tenant.embedKeys.list())
      .find(({ kid }) => kid === counted.kid)
      ?.uses.map(({ outcome: name, count }) => [name, count])
      .sort();
  await expect.poll(uses).toEqual([
    ['answered', 1],
    ['report_not_in_token', 1],
    ['token_expired', 1],
  ]);
});

it('a key on a plan with a limit is told what is left, and refused above it', async () => {
  const small = await newMerchant(portal);
  await portal.others.pool.query(
    `INSERT INTO plan (name, query_limit_per_hour, features) VALUES ('tiny-embed', 1, '{embeds}')`,
  );
  await portal.others.pool.query(`UPDATE tenant SET plan = 'tiny-embed' WHERE id = $1`, [
    small.tenant.tenantId,
  ]);
  const token = sign({ sites: [small.site.id], filters: [] }, await newKey(small));
  const ask = () => post(token, { site_id: small.site.id });
  expect((await ask()).headers.get('ratelimit-remaining')).toBe('9');
  for (let asked = 1; asked < 10; asked += 1) expect((await ask()).status).toBe(200);
  const refused = await ask();
  expect(refused.headers.get('retry-after')).not.toBeNull();
  expect(await outcome(refused)).toEqual([429, 'rate_limited']);
});

describe('a plan', () => {
  it('that does not include embeds allows none', async () => {
    const plain = await newMerchant(portal);
    const token = sign({ sites: [plain.site.id], filters: [] }, await newKey(plain));
    await portal.others.pool.query(
      `INSERT INTO plan (name, family, state, title) VALUES ('no-embeds', 'no-embeds', 'published', 'Plain')`,
    );
    const { tenantId } = plain.tenant;
    await portal.others.pool.query(`UPDATE tenant SET plan = 'no-embeds' WHERE id = $1`, [tenantId]);
    expect(await outcome(await post(token, { site_id: plain.site.id }))).toEqual([403, 'report_not_allowed']);
    await expect(newKey(plain)).rejects.toMatchObject({ code: 'plan_feature' });
  });

  it('of a tenant that is suspended shows nothing', async () => {
    const gone = await newMerchant(portal);
    const token = sign({ sites: [gone.site.id], filters: [] }, await newKey(gone));
    const { tenantId } = gone.tenant;
    await portal.others.pool.query('UPDATE tenant SET suspended_at = now() WHERE id = $1', [tenantId]);
    expect(await outcome(await post(token, { site_id: gone.site.id }))).toEqual([402, 'payment_required']);
  });
});
