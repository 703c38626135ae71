import { decideForKey } from '@footfall/core/access/api-key-scope';
import { decide, type Person } from '@footfall/core/access/decide';
import { type Action, PERMISSIONS } from '@footfall/core/access/permission';
import { STAFF_ROLES, TENANT_ROLES } from '@footfall/core/access/role';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  API_ROUTES,
  type ApiAddress,
  actionOfRoute,
  type GuardedApiAddress,
  type Method,
} from './api-routes.ts';
import { ADDRESSES, type Address, SCREENS, type Screen } from './screens.ts';
import { SERVER_ACTIONS, type ServerAction, type ServerActionName } from './server-actions.ts';
import { startWalk, WALK_PASSWORD, WALK_PROVIDER, WALKERS, type Walk, type Walker } from './walk.fixture.ts';

// Every role over every page, every route and every server action of the portal as it is built, over HTTP. What is expected comes
// from the permission table alone (its own test holds it against the contract), so a page that asks for something else, or for
// nothing, is a surprise here.

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk();
}, 300_000);
afterAll(() => walk.close());

const fillPath = (address: string) =>
  address
    .replace('[id]', walk.site.id)
    .replace('[...slug]', 'install/html')
    .replace('[token]', 'none')
    .replace('[goal]', 'none')
    .replace('[tenant]', walk.tenantId)
    .replace('[plan]', 'self-hosted')
    .replace('[site]', walk.site.id)
    .replace('[mail]', walk.keptMail.id);

const isMember = (walker: Walker) =>
  walker === 'limited' || (TENANT_ROLES as readonly string[]).includes(walker);
const isStaff = (walker: Walker) => (STAFF_ROLES as readonly string[]).includes(walker);

/** What a walker is: where somebody is limited to another site, that is all they have. */
function describePerson(walker: Exclude<Walker, 'nobody'>): Person {
  if (walker === 'limited') return { role: 'admin', sites: [walk.otherSiteId] };
  return { role: walker === 'stranger' ? 'owner' : walker, sites: 'all' };
}

/** Whether a walker's role has an action, in their own tenant; at a site, or anywhere at all. */
function has(walker: Walker, action: Action, siteId?: string): boolean {
  if (walker === 'nobody') return false;
  return decide({ who: describePerson(walker), action, siteId }) === 'allowed';
}

type Outcome = { status: number; to: string | null };

async function outcome(response: Response): Promise<Outcome> {
  const to = response.headers.get('location');
  return { status: response.status, to: to === null ? null : to.replace(walk.portal.url, '') };
}

/** Where the start leads somebody who is signed in. */
function expectedStart(walker: Walker): string {
  if (walker === 'stranger') return '/sites/new';
  if (walker === 'limited') return `/sites/${walk.otherSiteId}`;
  if (walker === 'operator') return '/operator/tenants';
  if (walker === 'billing-admin') return '/operator/plans';
  return walker === 'billing' ? '/billing' : `/sites/${walk.site.id}`;
}

/** Who is signed in has nothing to do where one signs in: on to their own site, or to add one. */
const LEFT_SIGNED_IN: readonly Address[] = [
  '/sign-in',
  '/sign-in/second-factor',
  '/sign-in/mail',
  '/sign-up',
];

function expectedOfPage(walker: Walker, address: Address): Outcome {
  const { admission, internal }: Screen = SCREENS[address];
  const here = (status: number) => ({ status, to: null });
  if (internal) return here(404);
  if (admission === 'everyone') {
    // Who has not said a password has no code to type.
    if (walker === 'nobody' && address === '/sign-in/second-factor') return { status: 307, to: '/sign-in' };
    if (walker === 'nobody' || (address !== '/' && !LEFT_SIGNED_IN.includes(address))) return here(200);
    if (address !== '/') return { status: 307, to: '/' };
    return { status: 307, to: expectedStart(walker) };
  }
  if (walker === 'nobody')
    return { status: 307, to: `/sign-in?next=${encodeURIComponent(fillPath(address))}` };
  if (admission === 'account') return here(200);
  const isOpen = admission === 'member' ? isMember(walker) || walker === 'stranger' : has(walker, admission);
  if (!isOpen) return here(403);
  return here(['stranger', 'limited'].includes(walker) && address.includes('[id]') ? 404 : 200);
}

describe.each(ADDRESSES)('the page %s', (address) => {
  it.each(WALKERS)('to %s', async (walker) => {
    const expected = expectedOfPage(walker, address);
    const response = await walk.ask(walker, fillPath(address));
    expect(await outcome(response)).toEqual(expected);
    if (expected.status === 403) {
      // Whole without scripts.
      const page = await (await walk.ask(walker, fillPath(address))).text();
      expect(page.replace(/<script[\s\S]*?<\/script>/g, '')).toContain('This page is not part of your role');
    }
    // What is refused says nothing of the site, not even in what Next sends for its own navigation.
    if (expected.status === 200) return;
    const payload = await walk.ask(walker, fillPath(address), { headers: { rsc: '1' } });
    expect((await response.text()) + (await payload.text())).not.toContain(walk.site.siteKey);
  });
});

it('the canary of what is refused stands in a page that is not', async () => {
  const response = await walk.ask('owner', fillPath('/sites/[id]/settings'));
  expect(await response.text()).toContain(walk.site.siteKey);
});

describe('the demo, which is read without a session', () => {
  it.each(['nobody', 'owner', 'stranger'] as const)('is the demo shop alone to %s', async (walker) => {
    for (const search of ['', `?id=${walk.site.id}&site=${walk.site.id}&site_id=${walk.site.domain}`]) {
      const page = await walk.ask(walker, `/demo${search}`);
      const said = await page.text();
      expect(page.status).toBe(200);
      expect(said).toContain('shop.example');
      // Neither another site nor anything of settings, not even its own.
      const { siteKey } = await walk.database.site.findFirstOrThrow({ where: { domain: 'shop.example' } });
      for (const hidden of [walk.site.siteKey, siteKey, 'data-site=', '/settings'])
        expect(said).not.toContain(hidden);
      const pulse = await walk.ask(walker, `/demo/pulse${search}`);
      expect(await pulse.json()).toMatchObject({ visitorsNow: 0, started: false });
    }
  });
});

it.each(WALKERS)('the start leads %s to a page, not in circles', async (walker) => {
  let path = '/';
  for (let step = 0; step < 3; step += 1) {
    const { to } = await outcome(await walk.ask(walker, path));
    if (to === null) return;
    path = to;
  }
  throw new Error(`still redirected at ${path}`);
});

describe('a mail that is kept for the operator', () => {
  const entries = () => walk.database.auditEntry.findMany({ where: { action: 'mail.open' } });

  it('is shown to them as text alone, and each opening leaves an entry in the audit of the tenant', async () => {
    const before = (await entries()).length;
    const page = await (await walk.ask('operator', fillPath('/operator/mail/[mail]'))).text();
    const shown = page.replace(/<script[\s\S]*?<\/script>/g, '');
    expect(shown).toContain('&lt;b&gt;us&lt;/b&gt;: https://shop.example/invitations/canary');
    expect(shown).toContain('&lt;script&gt;Come');
    const after = await entries();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toMatchObject({
      tenantId: walk.tenantId,
      actor: 'user_operator',
      subject: 'mail_kept',
    });
  });

  it.each(WALKERS.filter((walker) => walker !== 'operator'))('says nothing to %s', async (walker) => {
    const before = (await entries()).length;
    for (const headers of [{}, { rsc: '1' }]) {
      const response = await walk.ask(walker, fillPath('/operator/mail/[mail]'), { headers });
      expect(await response.text()).not.toContain('canary');
    }
    expect(await entries()).toHaveLength(before);
  });
});

it('a billing admin reads plans of all tenants, and no report of any', async () => {
  expect((await walk.ask('billing-admin', '/operator/plans')).status).toBe(200);
  for (const path of [
    `/sites/${walk.site.id}`,
    `/sites/${walk.site.id}/health`,
    '/operator/tenants',
    `/operator/tenants/${walk.tenantId}`,
    `/api/v1/sites/${walk.site.id}/export?from=2026-01-01&to=2026-01-02`,
  ])
    expect([path, (await walk.ask('billing-admin', path)).status]).toEqual([path, 403]);
});

it('of tenants the list is searched by name, address and domain, and a mail or tenant that is not there is 404', async () => {
  const show = async (search: string) =>
    (await walk.ask('operator', `/operator/tenants?search=${encodeURIComponent(search)}`)).text();
  for (const search of ['KILN', 'editor@shop.example', 'kilns.example', walk.tenantId]) {
    const page = await show(search);
    expect(page).toContain(`/operator/tenants/${walk.tenantId}`);
    expect(page).not.toContain('>loom<');
  }
  expect(await show('%')).not.toContain('/operator/tenants/tenant_');
  for (const path of ['/operator/tenants/tenant_none', '/operator/mail/mail_none'])
    expect((await walk.ask('operator', path)).status).toBe(404);
});

/** What is sent by a method other than GET, beside the site. */
const QUESTIONS: Readonly<Partial<Record<ApiAddress, object>>> = {
  '/api/v1/sites': { site_id: undefined, domain: 'walked.example' },
  '/api/v1/sites/[id]': { site_id: undefined },
  '/api/v1/sites/goals': { goal_type: 'event', event_name: 'Walked' },
  '/api/v1/sites/goals/[goal]': {},
  '/api/v1/sites/funnels': { name: 'Walked', steps: [{ page: '/a' }, { page: '/b' }] },
  '/api/v1/sites/funnels/[funnel]': {},
  '/api/v1/sites/segments': { name: 'Walked', filters: [['is', 'visit:country', ['DE']]] },
  '/api/v1/sites/segments/[segment]': {},
  '/api/v1/query': { metrics: ['visitors'], date_range: 'day' },
  '/api/v2/query': { metrics: ['visitors'], date_range: 'day' },
  '/api/v1/funnel': { date_range: '7d', steps: [{ page: '/a' }, { page: '/b' }] },
  '/api/v1/retention': { date_range: '28d' },
  '/api/v1/flow': { date_range: '7d', page: '/a' },
};

/** What addresses of GET need behind their path. */
function searchFor(address: GuardedApiAddress): string {
  if (address.endsWith('/export')) return '?from=2026-01-01&to=2026-01-02';
  if (/\/sites\/(goals|funnels|segments)$/.test(address)) return `?site_id=${walk.site.id}`;
  return address.startsWith('/api/v1/stats/') ? `?site_id=${walk.site.id}&property=visit:source` : '';
}

function apiRequest({ address, method }: Guarded): { path: string; init: RequestInit } {
  const path = fillPath(address);
  if (method === 'GET') return { path: path + searchFor(address), init: {} };
  // A form of a page, and no question of the API.
  if (address === '/sites/[id]/visitor-export')
    return { path, init: { method: 'POST', body: new URLSearchParams({ visitor: 'customer-7' }) } };
  const body = JSON.stringify({ site_id: walk.site.id, ...QUESTIONS[address] });
  return { path, init: { method, body, headers: { 'content-type': 'application/json' } } };
}

type Guarded = { address: GuardedApiAddress; method: Method };

/** Each method of each route that a permission is asked for. */
const GUARDED = (Object.keys(API_ROUTES) as ApiAddress[])
  .filter(
    (address): address is GuardedApiAddress =>
      !['everyone', 'account'].includes(API_ROUTES[address].admission),
  )
  .flatMap((address) => API_ROUTES[address].methods.map((method): Guarded => ({ address, method })));

/** What is asked to be removed is not there. */
const answeredTo = ({ method }: Guarded) => (method === 'DELETE' ? 404 : 200);

describe('the route /account/export', () => {
  it.each(WALKERS)('to %s', async (walker) => {
    const response = await walk.ask(walker, '/account/export');
    expect(response.status).toBe(walker === 'nobody' ? 401 : 200);
    expect(response.headers.get('cache-control')).toContain('no-store');
    if (walker === 'nobody') return;
    const held = await response.json();
    // Their own, and nobody else's.
    expect(held.profile.id).toBe(walk.userIds[walker]);
    expect(JSON.stringify(held)).not.toMatch(/argon2|"hash"/);
  });

  it('asks for a fresh proof, and answers pages of ours alone', async () => {
    const elsewhere = { headers: { origin: 'https://evil.example' } };
    expect((await walk.ask('owner', '/account/export', elsewhere)).status).toBe(403);
    walk.beginAnew('owner', new Date(Date.now() - 11 * 60_000));
    const stale = await walk.ask('owner', '/account/export');
    walk.beginAnew('owner', new Date());
    expect([stale.status, (await stale.json()).error.code]).toEqual([403, 'proof_needed']);
  });
});

/** What is about the caller's own team is open to those of others, too, who see theirs. */
const isOfTenant = ({ address, method }: Guarded) =>
  PERMISSIONS[actionOfRoute(address, method)].of === 'tenant';

function expectedOfRoute(walker: Walker, guarded: Guarded): number {
  const { address, method } = guarded;
  if (walker === 'nobody' || API_ROUTES[address].callers === 'keys') return 401;
  const isTheirs = isMember(walker) || (walker === 'stranger' && isOfTenant(guarded));
  const isOpen = isTheirs && has(walker, actionOfRoute(address, method), walk.site.id);
  return isOpen ? answeredTo(guarded) : 403;
}

/** What each key of the tenant opens; `stranger` has all scopes, elsewhere. */
const KEY_SCOPES = { stats: ['stats'], ingest: ['ingest'], sites: ['sites'], stranger: [] } as const;

describe.each(GUARDED)('the route $address by $method', (guarded) => {
  const { address, method } = guarded;

  it.each(WALKERS)('to the session of %s', async (walker) => {
    const { path, init } = apiRequest(guarded);
    const response = await walk.ask(walker, path, init);
    expect([response.status, response.status < 300 ? '' : await response.text()]).toEqual([
      expectedOfRoute(walker, guarded),
      response.status < 300 ? '' : expect.stringContaining('"error"'),
    ]);
  });

  it.each(['stats', 'ingest', 'sites', 'stranger'] as const)('to the API key %s', async (key) => {
    // What is about no site, another tenant's key does for its own tenant.
    if (key === 'stranger' && (address === '/api/v1/sites' || isOfTenant(guarded))) return;
    // The others need the site; see sites-api.integration.test.ts.
    if (key === 'sites' && address === '/api/v1/sites/[id]' && method === 'DELETE') return;
    const { path, init } = apiRequest(guarded);
    const headers = { ...init.headers, authorization: `Bearer ${walk.keys[key]}` };
    const { status } = await fetch(walk.portal.url + path, { ...init, headers });
    const rights = { scopes: KEY_SCOPES[key], sites: 'all' } as const;
    const mayAsk = decideForKey(rights, actionOfRoute(address, method)) === 'allowed';
    const isOpen = mayAsk && API_ROUTES[address].callers !== 'sessions';
    expect(status).toBe(isOpen ? answeredTo(guarded) : 403);
  });
});

/** A plan as the console sends it. */
const DRAFT = {
  title: 'Growth',
  description: '',
  events_per_month: '100,000',
  events_per_second: '',
  sites: '3',
  members: '',
  retention_months: '',
  queries_per_hour: '',
  features: 'dashboards',
  currency1: 'EUR',
  month1: '9.90',
  year1: '',
};

/** What an action is sent: a form that is right, so that only the right is missing when it is refused. */
const FORMS: Readonly<
  Partial<Record<ServerActionName, (walker: Walker) => Promise<Record<string, string>>>>
> = {
  'account/verify-actions.sendVerification': async () => ({}),
  'team/sign-on-actions.saveSignOn': async () => ({
    issuer: walk.issuer,
    clientId: 'walk',
    clientSecret: 'walk',
    role: 'viewer',
    access: 'all',
  }),
  'team/sign-on-actions.removeSignOn': async () => {
    await walk.newSignOn();
    return {};
  },
  'team/sign-on-actions.addDomain': async () => ({ domain: `${crypto.randomUUID()}.example` }),
  'team/sign-on-actions.checkDomain': async () => ({ domain: await walk.newSignOnDomain() }),
  'team/sign-on-actions.removeDomain': async () => ({ domain: await walk.newSignOnDomain() }),
  'account/provider-actions.linkProvider': async () => ({ provider: 'none' }),
  'account/provider-actions.proveWithProvider': async () => ({ provider: 'none' }),
  'account/provider-actions.unlinkProvider': async () => ({ provider: WALK_PROVIDER }),
  'account/session-actions.endSessionOfList': async () => ({ key: 'none' }),
  'account/session-actions.endOtherSessions': async () => ({}),
  'team/member-actions.inviteMember': async () => ({
    email: `${crypto.randomUUID()}@guest.example`,
    role: 'viewer',
    access: 'some',
    sites: walk.site.id,
  }),
  'team/member-actions.withdrawInvitation': async () => ({ id: await walk.newInvitationId() }),
  'team/member-actions.changeMember': async () => ({
    user: await walk.newGuestId(),
    role: 'editor',
    access: 'all',
  }),
  'team/member-actions.removeMember': async () => ({ user: await walk.newGuestId() }),
  'team/member-actions.ruleSecondFactor': async () => ({}),
  'team/member-actions.chooseTeam': async () => ({ tenant: 'tenant_none' }),
  'team/member-actions.leaveTeam': async () => ({ tenant: 'tenant_none' }),
  'team/deletion-actions.deleteTeam': async () => ({ name: 'kiln' }),
  'team/transfer-actions.transferTeam': async () => ({ user: await walk.newGuestId() }),
  // Whoever walks is still needed.
  'account/deletion-actions.deleteAccount': async () => ({ email: 'somebody@else.example' }),
  'team/deletion-actions.keepTeam': async () => ({ tenant: 'tenant_none' }),
  'team/invitation-actions.acceptInvitation': async () => ({ token: 'none' }),
  'account/own-password-actions.changePassword': async () => ({
    currentPassword: WALK_PASSWORD,
    password: WALK_PASSWORD,
  }),
  'account/proof-actions.proveSelf': async () => ({ currentPassword: WALK_PASSWORD }),
  'account/proof-actions.askProofPasskey': async () => ({}),
  'account/proof-actions.proveByPasskey': async (walker) => ({
    response: await walk.newPasskeyProof(walker),
  }),
  'account/profile-actions.changeProfile': async (walker) => ({ name: walker, locale: '' }),
  'account/profile-actions.requestEmail': async () => ({ email: `${crypto.randomUUID()}@moved.example` }),
  'account/proof-actions.mailProof': async () => ({}),
  'account/proof-actions.proveByLink': async (walker) => ({ token: await walk.newProofToken(walker) }),
  'account/second-factor-actions.beginSecondFactor': async (walker) => {
    await walk.removeSecondFactor(walker);
    return {};
  },
  'account/second-factor-actions.confirmSecondFactor': async (walker) => ({
    code: await walk.beginSecondFactor(walker),
  }),
  'account/second-factor-actions.renewCodes': async () => ({}),
  'account/second-factor-actions.switchOff': async () => ({}),
  'account/passkey-actions.beginPasskey': async () => ({ name: 'Key' }),
  'account/passkey-actions.addPasskey': async (walker) => ({
    name: 'Key',
    response: await walk.newPasskey(walker),
  }),
  'account/passkey-actions.removePasskey': async (walker) => ({ id: await walk.newPasskeyId(walker) }),
  'sites/actions.addSite': async () => ({
    domain: `shop-${crypto.randomUUID()}.example`,
    timezone: 'Etc/UTC',
    currency: 'EUR',
  }),
  'settings/site-actions.updateSite': async () => {
    const { currency } = await walk.database.site.findUniqueOrThrow({ where: { id: walk.site.id } });
    return {
      site: walk.site.id,
      timezone: 'Etc/UTC',
      currency: currency === 'EUR' ? 'CHF' : 'EUR',
      weekStart: 'monday',
    };
  },
  'setup/setup-actions.choosePlatform': async () => {
    const { platform } = await walk.database.site.findUniqueOrThrow({ where: { id: walk.site.id } });
    return { site: walk.site.id, platform: platform === 'wix' ? 'vue' : 'wix' };
  },
  'setup/setup-actions.goToStep': async () => {
    const { setupStep } = await walk.database.site.findUniqueOrThrow({ where: { id: walk.site.id } });
    return { site: walk.site.id, step: setupStep === 'check' ? 'done' : 'check' };
  },
  'sites/page-actions.checkPage': async () => ({ site: walk.site.id, page: '' }),
  'settings/domain-actions.checkDomain': async () => ({ site: walk.site.id }),
  'settings/intake-actions.updateIntake': async () => ({
    site: walk.site.id,
    allowedOrigins: '',
    blockedIps: '',
    blockedCountries: '',
    blockedPages: `/${crypto.randomUUID()}`,
    excludedHostnames: '',
    keptParams: '',
  }),
  'settings/removal-actions.requestRemoval': async () => ({
    site: walk.site.id,
    from: '2026-01-01T00:00',
    to: '2026-01-02T00:00',
    sender: '',
  }),
  'settings/visitor-data-actions.findVisitor': async () => ({ site: walk.site.id, visitor: 'customer-7' }),
  'settings/removal-actions.confirmRemoval': async () => ({
    site: walk.site.id,
    id: await walk.newCountedRemoval(),
    domain: walk.site.domain,
  }),
  'settings/removal-actions.cancelRemoval': async () => ({
    site: walk.site.id,
    id: await walk.newCountedRemoval(),
  }),
  'settings/further-domain-actions.addDomain': async () => ({
    site: (await walk.newSite()).id,
    domain: `${crypto.randomUUID()}.example`,
  }),
  'settings/further-domain-actions.removeDomain': async () => walk.newFurtherDomain(),
  'settings/site-key-actions.rotateSiteKey': async () => ({
    site: (await walk.newSite()).id,
    graceDays: '30',
  }),
  'settings/site-key-actions.endSiteKey': async () => walk.newFormerKey(),
  'settings/life-actions.switchSite': async () => {
    const { enabled } = await walk.database.site.findUniqueOrThrow({ where: { id: walk.site.id } });
    return { site: walk.site.id, enabled: enabled ? 'off' : 'on' };
  },
  'settings/life-actions.setRetention': async () => {
    const where = { id: walk.site.id };
    const { retentionMonths } = await walk.database.site.findUniqueOrThrow({ where });
    return { site: walk.site.id, retentionMonths: retentionMonths === null ? '12' : '' };
  },
  'settings/move-actions.moveSite': (walker) => walk.newMove(walker),
  'settings/life-actions.resetSite': async () => {
    const { id, domain } = await walk.newSite();
    return { site: id, domain };
  },
  'settings/life-actions.deleteSite': async () => {
    const { id, domain } = await walk.newSite();
    return { site: id, domain };
  },
  'sites/deleted-actions.undoDeletion': async () => ({ site: await walk.newDeletedSiteId() }),
  'goals/goal-actions.createGoal': async () => ({
    site: walk.site.id,
    name: crypto.randomUUID(),
    kind: 'event',
    what: 'Signup',
  }),
  'goals/goal-actions.renameGoal': async () => ({
    site: walk.site.id,
    id: (await walk.goals.create()).id,
    name: crypto.randomUUID(),
  }),
  'goals/goal-actions.removeGoal': async () => ({
    site: walk.site.id,
    id: (await walk.goals.create()).id,
  }),
  'goals/funnel-actions.createFunnel': async () => ({
    site: walk.site.id,
    name: crypto.randomUUID(),
    steps: '/a\n/b',
  }),
  'goals/funnel-actions.removeFunnel': async () => ({ site: walk.site.id, id: await walk.newFunnelId() }),
  'goals/segment-actions.createSegment': async () => ({
    site: walk.site.id,
    name: crypto.randomUUID(),
    dimension1: 'visit:country',
    operator1: 'is',
    values1: 'DE',
  }),
  'goals/segment-actions.removeSegment': async () => ({ site: walk.site.id, id: await walk.newSegmentId() }),
  'goals/copy-actions.copyToSite': async () => ({ site: walk.site.id, to: walk.otherSiteId }),
  'webhooks/webhook-actions.createWebhook': async () => {
    await walk.database.webhookEndpoint.deleteMany({});
    return { url: 'https://shop.example/hook', events: 'site.silent' };
  },
  'webhooks/webhook-actions.rotateWebhook': async () => ({ id: await walk.newWebhookId() }),
  'webhooks/webhook-actions.pingWebhook': async () => ({ id: await walk.newWebhookId() }),
  'webhooks/webhook-actions.resendDelivery': async () => ({ id: await walk.newDeliveryId() }),
  'webhooks/webhook-actions.switchWebhook': async () => ({ id: await walk.newWebhookId(), to: 'off' }),
  'webhooks/webhook-actions.removeWebhook': async () => ({ id: await walk.newWebhookId() }),
  'keys/key-actions.createApiKey': async () => ({
    name: 'Walk',
    scopes: 'stats',
    access: 'all',
    expires: '',
    of: 'member',
  }),
  'keys/key-actions.rotateApiKey': async () => ({ id: await walk.newKeyId(), grace: '24' }),
  'keys/key-actions.revokeApiKey': async () => ({ id: await walk.newKeyId() }),
  'team/support-actions.ruleSupport': async () => ({ allowed: 'on' }),
  'support/visit-actions.endVisit': async () => ({}),
  'operator/settings-actions.changeSignUp': async () => ({ mode: 'default', reason: 'As it was before' }),
  'operator/settings-actions.changeNotice': async () => ({ en: '', de: '', until: '' }),
  'operator/settings-actions.changeFlag': async () => ({
    flag: 'rawExport',
    tenant: '',
    state: 'default',
    reason: 'As it was before',
  }),
  'operator/catalog/plan-actions.createPlan': async () => ({ ...DRAFT, family: `p${Date.now()}` }),
  'operator/catalog/plan-actions.saveDraft': async () => ({ ...DRAFT, plan: 'none' }),
  'operator/catalog/plan-actions.changePlan': async () => ({ plan: 'self-hosted', to: 'archive' }),
  'operator/subscribers/subscriber-actions.addOverride': async () => ({
    tenant: walk.tenantId,
    what: 'sites',
    value: '100,000',
    until: '',
    reason: 'Ticket 4711: a month for free',
  }),
  'operator/subscribers/subscriber-actions.endOverride': async () => ({ tenant: walk.tenantId, id: 'none' }),
  'operator/subscribers/subscriber-actions.giveTrial': async () => ({
    tenant: walk.tenantId,
    plan: 'self-hosted',
    until: '2030-01-01',
    reason: 'Ticket 4711: a month for free',
    key: 'walk-walk',
  }),
  'operator/subscribers/subscriber-actions.assignPlan': async () => ({
    tenant: walk.tenantId,
    plan: 'self-hosted',
    reason: 'Ticket 4711: as it was before',
  }),
  'operator/subscribers/subscriber-actions.creditInvoice': async () => ({
    tenant: walk.tenantId,
    invoice: 'none',
    amount: '9',
    reason: 'Ticket 4711: a month for free',
    key: 'walk-walk',
  }),
  'operator/subscribers/subscriber-actions.readAgain': async () => ({ tenant: walk.tenantId }),
  'operator/coupons/coupon-actions.createCoupon': async () => ({
    name: 'Spring',
    kind: 'percent',
    off: '20',
    duration: 'once',
    months: '',
    plan: '',
    most: '',
    until: '',
    code: 'SPRING',
    key: 'walk-walk',
  }),
  'operator/coupons/coupon-actions.addCode': async () => ({
    coupon: 'none',
    code: 'SPRING',
    most: '',
    until: '',
    key: 'walk-walk',
  }),
  'operator/coupons/coupon-actions.endCoupon': async () => ({ kind: 'code', id: 'none' }),
  'operator/visit-actions.beginVisit': async () => ({
    tenant: walk.tenantId,
    reason: 'Ticket 4711: no visits since Monday',
    minutes: '15',
  }),
  'operator/suspend-actions.suspend': async () => ({
    tenant: walk.tenantId,
    reason: 'Ticket 4712: it sends spam',
  }),
  'operator/suspend-actions.liftSuspension': async (walker) => {
    // Others would see a team that is stopped, and the portal would remember it.
    if (walker === 'operator') await walk.suspendTenant();
    return { tenant: walk.tenantId };
  },
};

/** Calls a server action as the browser does: the state of the form before, and the form, as React writes arguments. */
async function act(walker: Walker, name: ServerActionName, fields: Record<string, string>) {
  const { id, page } = walk.findAction(name);
  const body = new FormData();
  const hasState =
    !/removeGoal|removeWebhook|removeFunnel|removeSegment|revokeApiKey|choosePlatform|goToStep/.test(name);
  for (const [field, value] of Object.entries(fields)) body.set(`_1_${field}`, value);
  body.set('0', hasState ? '[{},"$K1"]' : '["$K1"]');
  return walk.ask(walker, fillPath(page), { method: 'POST', body, headers: { 'next-action': id } });
}

const readAudit = (tenantId: string) =>
  walk.database.auditEntry.findMany({
    // Refusals are written beside the answer; see doors.integration.test.ts.
    where: { tenantId, action: { not: 'access.refused' } },
    orderBy: { createdAt: 'asc' },
  });

const MEMBER_ACTIONS = (Object.keys(SERVER_ACTIONS) as ServerActionName[]).filter(
  (name) => SERVER_ACTIONS[name].admission !== 'everyone',
);

describe.each(MEMBER_ACTIONS)('the server action %s', (name) => {
  const { admission, audit } = SERVER_ACTIONS[name];
  afterEach(() => walk.keepTenant());

  it.each(WALKERS)('by %s', async (walker) => {
    const fields = await FORMS[name]?.(walker);
    if (fields === undefined) throw new Error(`the walk has no form for ${name}`);
    const before = (await readAudit(walk.tenantId)).length;
    const { status, headers } = await act(walker, name, fields);
    const entries = (await readAudit(walk.tenantId)).slice(before);
    const isOwn = admission === 'account';
    // What staff does to a tenant stands in the audit of that.
    const isWithin = admission.startsWith('platform.') || isMember(walker);
    const mayAct = isWithin && (isOwn || has(walker, admission as Action, walk.site.id));
    // It has an effect, with its audit entry, or none at all.
    expect(entries.map(({ action }) => action)).toEqual(mayAct && audit !== null ? [audit] : []);
    // On a page that everyone may open the action itself leads there.
    if (walker === 'nobody')
      expect(headers.get('x-action-redirect') ?? `${status}`).toMatch(/^(307|\/sign-in\?.*)$/);
    else if (!isOwn && (isWithin || isStaff(walker)) && !mayAct) expect(status).toBe(403);
    else expect([200, 303]).toContain(status);
  });
});

const needsProof = (name: ServerActionName) => {
  const row: ServerAction = SERVER_ACTIONS[name];
  return row.needsProof === true;
};

/** How a form is told; the words of a page have the code as well. */
const PROOF_NEEDED = '"code":"proof_needed"';

describe('an operator who visits a tenant', () => {
  const status = async (path: string, init?: RequestInit) => (await walk.ask('operator', path, init)).status;
  const begin = async (over: Record<string, string> = {}) =>
    act('operator', 'operator/visit-actions.beginVisit', {
      ...(await FORMS['operator/visit-actions.beginVisit']?.('operator')),
      ...over,
    });
  const end = () => act('operator', 'support/visit-actions.endVisit', {});

  beforeAll(() => walk.beginAnew('operator', new Date()));

  it('sees its reports and settings, with a banner that says who, why and until when', async () => {
    expect(await status(fillPath('/sites/[id]'))).toBe(403);
    await begin();
    for (const path of ['/sites/[id]', '/sites/[id]/health', '/sites/[id]/settings'] as const) {
      const response = await walk.ask('operator', fillPath(path));
      expect([path, response.status]).toEqual([path, 200]);
      const page = await response.text();
      expect(page).toContain('operator@footfall.example');
      expect(page).toContain('Ticket 4711');
      expect(page).not.toContain('ffk_');
    }
    expect(await (await walk.ask('operator', '/operator/tenants')).text()).toContain('Ticket 4711');
    const { path, init } = apiRequest({ address: '/api/v1/query', method: 'POST' });
    expect(await status(path, init)).toBe(200);
  });

  it('sees nothing of another tenant, nor what is not of reports and settings', async () => {
    const other = await walk.newStrangersSite();
    expect(await status(`/sites/${other}`)).toBe(404);
    for (const path of ['/team', '/audit', '/keys', '/sites/new', '/sites/[id]/install'] as const)
      expect([path, await status(fillPath(path))]).toEqual([path, 403]);
  });

  it.each(
    MEMBER_ACTIONS.filter(
      (name) => SERVER_ACTIONS[name].admission !== 'account' && !name.startsWith('operator/'),
    ),
  )('changes nothing by %s', async (name) => {
    const fields = (await FORMS[name]?.('operator')) ?? {};
    const before = (await readAudit(walk.tenantId)).length;
    expect((await act('operator', name, fields)).status).toBe(403);
    expect(await readAudit(walk.tenantId)).toHaveLength(before);
  });

  it('is out when they end it, and when the owner wants nobody', async () => {
    await end();
    expect(await status(fillPath('/sites/[id]'))).toBe(403);
    expect((await readAudit(walk.tenantId)).at(-1)).toMatchObject({
      action: 'support.end',
      actor: 'user_operator',
    });
    await begin();
    expect(await status(fillPath('/sites/[id]'))).toBe(200);
    walk.beginAnew('owner', new Date());
    await act('owner', 'team/support-actions.ruleSupport', {});
    expect(await status(fillPath('/sites/[id]'))).toBe(403);
    expect(await (await begin()).text()).toContain('"code":"support_refused"');
    expect(await (await walk.ask('owner', '/audit')).text()).toContain('Ticket 4711');
    await act('owner', 'team/support-actions.ruleSupport', { allowed: 'on' });
  });

  it('is out with the session that it belongs to', async () => {
    await begin();
    expect(await status(fillPath('/sites/[id]'))).toBe(200);
    walk.beginAnew('operator', new Date());
    expect(await status(fillPath('/sites/[id]'))).toBe(403);
  });

  it('needs a reason and a fresh proof', async () => {
    expect(await (await begin({ reason: 'look' })).text()).toContain('"code":"invalid_reason"');
    walk.beginAnew('operator', new Date(Date.now() - 11 * 60_000));
    expect(await (await begin()).text()).toContain(PROOF_NEEDED);
    expect(await status(fillPath('/sites/[id]'))).toBe(403);
  });
});

// Those of staff are looked at above.
describe.each(MEMBER_ACTIONS.filter((name) => needsProof(name) && !name.startsWith('operator/')))(
  'the server action %s, which wants a fresh proof,',
  (name) => {
    afterEach(() => walk.keepTenant());
    afterAll(() => walk.beginAnew('owner', new Date()));

    it('does nothing for a session whose user proved long ago who they are', async () => {
      walk.beginAnew('owner', new Date(Date.now() - 11 * 60_000));
      const fields = (await FORMS[name]?.('owner')) ?? {};
      const before = (await readAudit(walk.tenantId)).length;
      const answer = await (await act('owner', name, fields)).text();
      expect(answer).toContain(PROOF_NEEDED);
      expect(answer).not.toContain('ffk_');
      expect(await readAudit(walk.tenantId)).toHaveLength(before);
    });

    it('goes on once they have said their password', async () => {
      await act('owner', 'account/proof-actions.proveSelf', { currentPassword: 'not this one' });
      const fields = (await FORMS[name]?.('owner')) ?? {};
      expect(await (await act('owner', name, fields)).text()).toContain(PROOF_NEEDED);
      await act('owner', 'account/proof-actions.proveSelf', { currentPassword: WALK_PASSWORD });
      expect(await (await act('owner', name, fields)).text()).not.toContain(PROOF_NEEDED);
    });
  },
);

describe('a server action on a page that everyone may open', () => {
  // Where the proxy lets everybody pass, so that the action alone stands in the way.
  it.each(['nobody', 'billing'] as const)('refuses %s', async (walker) => {
    const { id } = walk.findAction('keys/key-actions.createApiKey');
    const before = (await readAudit(walk.tenantId)).length;
    const body = new FormData();
    body.set('_1_scopes', 'stats');
    body.set('0', '[{},"$K1"]');
    const response = await walk.ask(walker, '/sign-in', {
      method: 'POST',
      body,
      headers: { 'next-action': id },
    });
    expect(await response.text()).not.toContain('ffk_');
    expect(await readAudit(walk.tenantId)).toHaveLength(before);
  });
});
