import { Failure } from '@footfall/core/failure';
import { linkAccount, unlinkAccount } from '@footfall/db/account/linked-account';
import { addPasskey, checkPasskeyName, MOST_PASSKEYS } from '@footfall/db/account/passkey';
import { hashPassword } from '@footfall/db/account/password';
import { normaliseEmail } from '@footfall/db/account/user';
import { controlFailure } from '@footfall/db/errors';
import { changeFlag, changeNotice } from '@footfall/db/staff/settings';
import { suspendTenant } from '@footfall/db/staff/suspend';
import { takenError } from '@footfall/db/taken.fixture';
import { apiKeyStore, readExpiry } from '@footfall/db/tenant/api-key-store';
import { embedKeyStore } from '@footfall/db/tenant/embed-key';
import { funnelStore } from '@footfall/db/tenant/funnel';
import { goalStore } from '@footfall/db/tenant/goal';
import { parseIntakeLists } from '@footfall/db/tenant/intake-lists';
import { acceptInvitation } from '@footfall/db/tenant/invitation';
import { requireFeature, requireRoom } from '@footfall/db/tenant/limit';
import { checkMayAssign, memberStore, requireRole } from '@footfall/db/tenant/member';
import { checkStatedId, removalStore } from '@footfall/db/tenant/removal';
import { segmentStore } from '@footfall/db/tenant/segment';
import { signOnStore } from '@footfall/db/tenant/sign-on';
import { siteStore } from '@footfall/db/tenant/site';
import { requireRetention, validateWeekStart } from '@footfall/db/tenant/site-fields';
import { siteKeyStore } from '@footfall/db/tenant/site-key';
import { moveSite } from '@footfall/db/tenant/site-move';
import { supportStore } from '@footfall/db/tenant/support';
import { createTenant } from '@footfall/db/tenant/tenant';
import { tenantDeletion } from '@footfall/db/tenant/tenant-deletion';
import { webhookStore } from '@footfall/db/tenant/webhook';
import { parsePageAddress } from '@footfall/site-check/page-address';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { MESSAGES, type Messages, wordsIn } from './words.ts';

type Sentence = keyof Messages['failures'];

/** What stands for a database: what it is asked for is never there, or (`taken`) is there already. */
const NOTHING = { $queryRaw: async () => [], site: { count: async () => 0 } };
const FULL = { $queryRaw: async () => [1], $executeRaw: async () => 0, $queryRawUnsafe: async () => [] };
const room = { tenantId: 'tenant_a', thing: 'sites', count: async () => 1_000 } as const;

/** One whose plan has room for two sites, and nothing else. */
const small = { name: 'small-v1', title: 'Small', limits: { sites: 2 }, features: [], isManual: false };
const none = {
  trialTerms: null,
  trialEndsAt: null,
  status: null,
  subscriptionTerms: null,
  overPlanSince: null,
};
const onSmall = { ...FULL, $queryRawUnsafe: async () => [{ terms: small, overrides: [], ...none }] } as never;

/** A database in which staff finds nothing to change. */
const unchanged = { connect: async () => ({ query: async () => ({ rows: [] }), release: () => undefined }) };

/** One whose site has as many former keys as there may be. */
const manyKeys = {
  $queryRaw: async () => [],
  site: { count: async () => 1, findUniqueOrThrow: async () => ({ siteKey: 'ff_a' }) },
  formerSiteKey: { deleteMany: async () => ({ count: 0 }), count: async () => 1_000 },
};

type Scope = Parameters<typeof siteStore>[0];
const manyKeysScope = { tenantId: 'tenant_a', run: (work) => work(manyKeys as never) } as Scope;
const emptyScope = { tenantId: 'tenant_a', run: (work) => work(NOTHING as never) } as Scope;

/** A scope whose every transaction ends as one that the unique index of a table refused. */
const takenScope: Scope = { tenantId: 'tenant_a', run: () => Promise.reject(takenError()) };
const takenDatabase = { $transaction: takenScope.run } as never;

/** A site without goals, whose names are taken. */
const withoutGoals = (): Scope => {
  const steps = [() => Promise.resolve([]), takenScope.run];
  return { tenantId: 'tenant_a', run: (work) => (steps.shift() ?? takenScope.run)(work as never) } as Scope;
};

/** One whose site is there, and has been looked through as often as a day allows. */
const lookedThrough = {
  $queryRaw: async () => [],
  site: { count: async () => 1, findUniqueOrThrow: async () => ({ domain: 'kiln.example' }) },
  eventRemoval: { count: async () => 20, findFirst: async () => null },
};
const lookedScope = { tenantId: 'tenant_a', run: (work) => work(lookedThrough as never) } as Scope;

/** One whose team is called Kiln, and that nobody wants deleted. */
const called = { $queryRaw: async () => [], tenant: { findUniqueOrThrow: async () => ({ name: 'Kiln' }) } };
const namedScope = { tenantId: 'tenant_a', run: (work) => work(called as never) } as Scope;

/** A scope with a team in which whoever is asked for is of this role, or is not there. */
const teamWith = (role: string | null): Scope => {
  const membership = { count: async () => 0, findUnique: async () => role && { role } };
  return { tenantId: 'tenant_a', run: (work) => work({ ...FULL, membership } as never) } as Scope;
};
const invitation = { id: 'invitation_a', tenantId: 'tenant_a', email: 'op@kiln.example', siteIds: [] };
const invited = { $queryRaw: async () => [invitation] } as never;
const staff = {
  user: { id: 'user_a', email: invitation.email, staffRole: 'operator' } as never,
  address: '',
};
const byOwner = { actor: 'user_a', actorRole: 'owner', sites: 'all' } as const;

/** A database whose user has so many passkeys, and in which the next is there already. */
const withPasskeys = (count: number) => {
  const passkey = { count: async () => count, createMany: async () => ({ count: 0 }) };
  const rows = { $queryRaw: async () => [], totp: { count: async () => 0 }, passkey };
  return { $transaction: (work: (opened: unknown) => unknown) => work(rows) } as never;
};
const passkey = {
  id: 'a',
  userId: 'user_a',
  name: 'Key',
  publicKey: new Uint8Array(),
  counter: 0,
  transports: [],
  isBackedUp: false,
};

/** A scope with a tenant that lets staff look or not, and whose team has so many of the staff. */
const visitedWith = (supportAccess: boolean, colleagues: number): Scope => {
  const tenant = { findUnique: async () => ({ supportAccess }) };
  const membership = { count: async () => colleagues };
  return { tenantId: 'tenant_a', run: (work) => work({ tenant, membership } as never) } as Scope;
};
const visit = {
  staff: { id: 'user_a', email: 'op@x.example', address: '' },
  reason: 'Ticket 4711',
  minutes: 15,
};

/** One in which whatever is linked is linked already, by nobody who is known. */
const linkedDatabase = {
  linkedAccount: { create: () => Promise.reject(takenError()), findUnique: async () => null },
} as never;
const empty = { deleteMany: async () => ({ count: 1 }), count: async () => 0 };
const unlinked = { ...NOTHING, linkedAccount: empty, passkey: empty, user: { findUnique: async () => null } };
const unlinkedDatabase = { $transaction: (work: (t: unknown) => unknown) => work(unlinked) } as never;
const subject = { provider: 'https://id.example/', subject: '1', email: null };

/** A team without a sign-on, that has as many domains as it may. */
const many = { findUnique: async () => null, count: async () => 20 };
const noSignOn: Scope = {
  tenantId: 'tenant_a',
  run: (work) => work({ ...NOTHING, teamSignOn: many, signOnDomain: many } as never),
};
const signOn = {
  issuer: 'https://id.example',
  clientId: 'a',
  role: 'viewer',
  sites: 'all',
  isRequired: false,
} as const;

const ACTOR = 'user_a';
const at = (day: string) => new Date(day);
const removal = { siteId: 'site_a', receivedFrom: at('2026-01-01'), receivedTo: at('2026-01-02') };
const asked = { ...removal, sender: null, actor: ACTOR };
const named = { siteId: 'site_a', id: 'removal_a', actor: ACTOR };
const tenant = { name: 'Kiln', email: 'a@kiln.example', password: 'correct horse' };
const goal = { siteId: 'site_a', name: 'Newsletter', actor: ACTOR };
const site = { domain: 'kiln.example', actor: ACTOR };
const steps = [{ page: '/a' }, { page: '/b' }];
const filters = [['is', 'visit:country', ['DE']]];
const manyPages = Array.from({ length: 10_001 }, (_, index) => `/p/${index}`);

type Case = { code: Sentence; why: string; fail: () => unknown };

/** Each way in which packages/db refuses what a form of the portal sent. */
/** A tenant of a plan that keeps events for a year. */
const yearly = {
  $executeRaw: async () => 0,
  $queryRawUnsafe: async () => [
    {
      plan: 'yearly',
      terms: { name: 'yearly', title: 'Yearly', limits: { retention_months: 12 }, features: [] },
      trialTerms: null,
      trialEndsAt: null,
      subscriptionTerms: null,
      status: null,
      overrides: [],
    },
  ],
};

const CASES: readonly Case[] = [
  {
    code: 'move_refused',
    why: 'to itself',
    fail: () =>
      moveSite(emptyScope, { siteId: 'a', domain: 'a', toTenant: 'tenant_a', userId: 'u', actor: 'u' }),
  },
  { code: 'invalid_week_start', why: 'no such day', fail: () => validateWeekStart('friday') },
  {
    code: 'invalid_retention',
    why: 'of a plan',
    fail: () => requireRetention(yearly as never, 'tenant_a', 13),
  },
  { code: 'invalid_email', why: 'no domain', fail: () => normaliseEmail('a@kiln') },
  { code: 'weak_password', why: 'too short', fail: () => hashPassword('short') },
  { code: 'too_many', why: 'passkeys', fail: () => addPasskey(withPasskeys(MOST_PASSKEYS), passkey) },
  { code: 'passkey_there', why: 'added before', fail: () => addPasskey(withPasskeys(0), passkey) },
  { code: 'invalid_name', why: 'of a passkey', fail: () => checkPasskeyName('') },
  { code: 'too_many', why: 'sites', fail: () => requireRoom(FULL as never, room) },
  {
    code: 'plan_limit',
    why: 'sites of a plan',
    fail: () => requireRoom(onSmall, { ...room, count: async () => 2 }),
  },
  {
    code: 'plan_feature',
    why: 'webhooks',
    fail: () => requireFeature(onSmall, 'tenant_a', { feature: 'webhooks', where: 'url' }),
  },
  {
    code: 'suspension_unchanged',
    why: 'twice',
    fail: () =>
      suspendTenant(unchanged as never, { tenantId: 'a', reason: null, actor: { id: 'a', address: '' } }),
  },
  { code: 'common_password', why: 'of many', fail: () => hashPassword('qwertyuiop') },
  { code: 'weak_password', why: 'too long', fail: () => hashPassword('x'.repeat(10_000)) },
  {
    code: 'invalid_name',
    why: 'of an account',
    fail: () => createTenant(takenDatabase, { ...tenant, name: '' }),
  },
  { code: 'email_taken', why: 'an account', fail: () => createTenant(takenDatabase, tenant) },
  {
    code: 'unknown_tenant',
    why: 'deleted meanwhile',
    fail: () => requireRoom(NOTHING as never, room),
  },
  {
    code: 'unknown_tenant',
    why: 'of a new site',
    fail: () => siteStore(emptyScope).create(site),
  },
  {
    code: 'foreign_page',
    why: 'of another domain',
    fail: async () => parsePageAddress('https://evil.example/', [site.domain]),
  },
  {
    code: 'invalid_domain',
    why: 'of a new site',
    fail: () => siteStore(emptyScope).create({ ...site, domain: 'not a domain' }),
  },
  {
    code: 'invalid_timezone',
    why: 'of a new site',
    fail: () => siteStore(emptyScope).create({ ...site, timezone: '+02:00' }),
  },
  {
    code: 'invalid_timezone',
    why: 'of a site that is there',
    fail: () => siteStore(emptyScope).update('site_a', { timezone: 'Mars/Olympus', actor: ACTOR }),
  },
  {
    code: 'unknown_currency',
    why: 'of a new site',
    fail: () => siteStore(emptyScope).create({ ...site, currency: 'XXXX' }),
  },
  {
    code: 'unknown_currency',
    why: 'of a site that is there',
    fail: () => siteStore(emptyScope).update('site_a', { currency: 'euro', actor: ACTOR }),
  },
  { code: 'domain_taken', why: 'a site', fail: () => siteStore(takenScope).create(site) },
  {
    code: 'unknown_site',
    why: 'what is not an id',
    fail: () => siteStore(emptyScope).update('\u0000', { actor: ACTOR }),
  },
  {
    code: 'unknown_site',
    why: 'of a goal',
    fail: () => goalStore(emptyScope).create({ ...goal, event: 'Signup' }),
  },
  {
    code: 'invalid_name',
    why: 'of a goal',
    fail: () => goalStore(emptyScope).create({ ...goal, name: '', event: 'Signup' }),
  },
  {
    code: 'invalid_goal',
    why: 'an event without a name',
    fail: () => goalStore(emptyScope).create({ ...goal, event: '' }),
  },
  {
    code: 'invalid_goal',
    why: 'a page that is not a path',
    fail: () => goalStore(emptyScope).create({ ...goal, page: 'thanks' }),
  },
  {
    code: 'name_taken',
    why: 'a funnel',
    fail: () => funnelStore(withoutGoals()).create({ ...goal, steps }),
  },
  {
    code: 'name_taken',
    why: 'a segment',
    fail: () => segmentStore(withoutGoals()).create({ ...goal, filters }),
  },
  {
    code: 'invalid_funnel',
    why: 'one step',
    fail: () => funnelStore(withoutGoals()).create({ ...goal, steps: steps.slice(1) }),
  },
  {
    code: 'invalid_segment',
    why: 'no filter',
    fail: () => segmentStore(withoutGoals()).create({ ...goal, filters: [] }),
  },
  {
    code: 'unknown_goal',
    why: 'removed meanwhile',
    fail: () => goalStore(emptyScope).rename({ ...goal, id: '\u0000' }),
  },
  { code: 'invalid_goal', why: 'neither of both', fail: () => goalStore(emptyScope).create(goal) },
  {
    code: 'invalid_goal',
    why: 'both',
    fail: () => goalStore(emptyScope).create({ ...goal, event: 'Signup', page: '/thanks' }),
  },
  {
    code: 'invalid_goal',
    why: 'a property that is not printable',
    fail: () => goalStore(emptyScope).create({ ...goal, event: 'Signup', props: { plan: '\u0007' } }),
  },
  {
    code: 'invalid_goal',
    why: 'too many properties',
    fail: () => {
      const props = Object.fromEntries(manyPages.map((name) => [name, 'x']));
      return goalStore(emptyScope).create({ ...goal, event: 'Signup', props });
    },
  },
  {
    code: 'too_many_wildcards',
    why: 'of a goal',
    fail: () => goalStore(emptyScope).create({ ...goal, page: `/${'*a'.repeat(11)}` }),
  },
  {
    code: 'goal_name_taken',
    why: 'a goal of the site',
    fail: () => goalStore(takenScope).create({ ...goal, event: 'Signup' }),
  },
  {
    code: 'invalid_rule',
    why: 'an origin',
    fail: () => parseIntakeLists({ allowedOrigins: ['not an origin'] }),
  },
  { code: 'invalid_rule', why: 'an address', fail: () => parseIntakeLists({ blockedIps: ['999.1.1.1'] }) },
  { code: 'invalid_rule', why: 'a country', fail: () => parseIntakeLists({ blockedCountries: ['Germany'] }) },
  { code: 'invalid_rule', why: 'a page', fail: () => parseIntakeLists({ blockedPages: ['account'] }) },
  { code: 'invalid_rule', why: 'a host', fail: () => parseIntakeLists({ excludedHostnames: ['a b'] }) },
  {
    code: 'too_many_wildcards',
    why: 'of pages to leave out',
    fail: () => parseIntakeLists({ blockedPages: [`/${'**a'.repeat(11)}`] }),
  },
  {
    code: 'too_complex_rules',
    why: 'pages that are too long together',
    fail: () =>
      parseIntakeLists({ blockedPages: Array.from({ length: 12 }, (_, n) => `/*/${'a'.repeat(180)}/${n}`) }),
  },
  { code: 'invalid_rule', why: 'a parameter', fail: () => parseIntakeLists({ keptParams: ['a=b'] }) },
  { code: 'too_many_rules', why: 'pages', fail: () => parseIntakeLists({ blockedPages: manyPages }) },
  {
    code: 'invalid_span',
    why: 'ends before it begins',
    fail: () => removalStore(emptyScope).request({ ...asked, receivedTo: at('2025-01-01') }),
  },
  {
    code: 'invalid_span',
    why: 'lies in the future',
    fail: () =>
      removalStore(emptyScope).request({
        ...asked,
        receivedFrom: at('2999-01-01'),
        receivedTo: at('2999-01-02'),
      }),
  },
  {
    code: 'invalid_span',
    why: 'no sender',
    fail: () => removalStore(emptyScope).request({ ...asked, sender: 'a b' }),
  },
  {
    code: 'unknown_site',
    why: 'of a removal',
    fail: () => removalStore(emptyScope).request(asked),
  },
  { code: 'too_many_removals', why: 'in a day', fail: () => removalStore(lookedScope).request(asked) },
  { code: 'unknown_removal', why: 'called off', fail: () => removalStore(lookedScope).cancel(named) },
  { code: 'invalid_visitor', why: 'an empty id', fail: () => checkStatedId(' ') },
  {
    code: 'unconfirmed_name',
    why: 'of another team',
    fail: () => tenantDeletion(namedScope).ask({ name: 'Loom', actor: ACTOR }),
  },
  { code: 'deletion_over', why: 'nobody asked for it', fail: () => tenantDeletion(namedScope).undo(ACTOR) },
  {
    code: 'unconfirmed_domain',
    why: 'another one',
    fail: () => removalStore(lookedScope).confirm({ ...named, domain: 'loom.example' }),
  },
  {
    code: 'invalid_key_grace',
    why: 'of a former key',
    fail: () => siteKeyStore(emptyScope).rotate({ siteId: 'site_a', graceDays: 1.5, actor: 'user_a' }),
  },
  {
    code: 'too_many_former_keys',
    why: 'go on',
    fail: () => siteKeyStore(manyKeysScope).rotate({ siteId: 'site_a', graceDays: 30, actor: 'user_a' }),
  },
  { code: 'unknown_role', why: 'of a member', fail: () => requireRole('root') },
  { code: 'role_not_yours_to_give', why: 'an owner', fail: () => checkMayAssign('admin', 'owner') },
  {
    code: 'already_member',
    why: 'added again',
    fail: () => memberStore(teamWith('viewer')).add({ userId: 'user_b', role: 'viewer', ...byOwner }),
  },
  {
    code: 'unknown_member',
    why: 'left meanwhile',
    fail: () => memberStore(teamWith(null)).remove('user_b', byOwner),
  },
  {
    code: 'last_owner',
    why: 'leaves',
    fail: () => memberStore(teamWith('owner')).remove('user_a', byOwner),
  },
  {
    code: 'unknown_invitation',
    why: 'withdrawn',
    fail: () => acceptInvitation(NOTHING as never, 'x', staff),
  },
  {
    code: 'staff_account',
    why: 'invited',
    fail: () => acceptInvitation(invited, 'x'.repeat(43), staff),
  },
  {
    code: 'invalid_client',
    why: 'without a secret',
    fail: () => signOnStore(noSignOn).save({ settings: signOn, clientSecret: '', secret: '', actor: ACTOR }),
  },
  {
    code: 'unknown_sign_on_domain',
    why: 'removed meanwhile',
    fail: () => signOnStore(noSignOn).beginDomainCheck('kiln.example', ACTOR),
  },
  {
    code: 'invalid_domain',
    why: 'of addresses',
    fail: () => signOnStore(noSignOn).addDomain('kiln', ACTOR),
  },
  {
    code: 'too_many_sign_on_domains',
    why: 'of a team',
    fail: () => signOnStore(noSignOn).addDomain('kiln.example', ACTOR),
  },
  { code: 'link_taken', why: 'of another', fail: () => linkAccount(linkedDatabase, ACTOR, subject) },
  {
    code: 'last_way_in',
    why: 'a provider',
    fail: () => unlinkAccount(unlinkedDatabase, ACTOR, { provider: subject.provider, others: [] }),
  },
  {
    code: 'unknown_scope',
    why: 'none at all',
    fail: () => apiKeyStore(emptyScope).create({ scopes: [], actor: ACTOR }),
  },
  {
    code: 'invalid_reason',
    why: 'a word',
    fail: () => supportStore(visitedWith(true, 0)).begin({ ...visit, reason: 'look' }),
  },
  {
    code: 'invalid_minutes',
    why: 'more than an hour',
    fail: () => supportStore(visitedWith(true, 0)).begin({ ...visit, minutes: 61 }),
  },
  {
    code: 'unknown_flag',
    why: 'one that is not in the table',
    fail: () =>
      changeFlag({} as never, { flag: 'x', forTenant: '', isOn: true, reason: '', actor: visit.staff }),
  },
  {
    code: 'invalid_notice',
    why: 'in one language only',
    fail: () =>
      changeNotice({} as never, { notice: { en: 'Hi', de: '', until: 5 }, actor: visit.staff, now: 1 }),
  },
  {
    code: 'invalid_notice',
    why: 'until yesterday',
    fail: () =>
      changeNotice({} as never, { notice: { en: 'Hi', de: 'Hallo', until: 1 }, actor: visit.staff, now: 5 }),
  },
  {
    code: 'support_refused',
    why: 'an owner has said so',
    fail: () => supportStore(visitedWith(false, 0)).begin(visit),
  },
  {
    code: 'staff_in_team',
    why: 'a colleague is a member',
    fail: () => supportStore(visitedWith(true, 1)).begin(visit),
  },
  {
    code: 'unknown_scope',
    why: 'one that does not exist',
    fail: () => apiKeyStore(emptyScope).create({ scopes: ['root'], actor: ACTOR }),
  },
  {
    code: 'invalid_origin',
    why: 'a wildcard',
    fail: () =>
      embedKeyStore(emptyScope).create({
        origins: ['https://*.a.example'],
        installationSecret: '',
        actor: ACTOR,
      }),
  },
  {
    code: 'unknown_report',
    why: 'none of ours',
    fail: () =>
      embedKeyStore(emptyScope).create({
        origins: ['https://a.example'],
        reports: ['weather'],
        installationSecret: '',
        actor: ACTOR,
      }),
  },
  {
    code: 'invalid_webhook_url',
    why: 'no address',
    fail: () =>
      webhookStore(emptyScope).create({ url: 'x', events: [], installationSecret: '', actor: ACTOR }),
  },
  {
    code: 'unknown_webhook_event',
    why: 'none',
    fail: () =>
      webhookStore(emptyScope).create({
        url: 'https://a.example',
        events: [],
        installationSecret: '',
        actor: ACTOR,
      }),
  },
  { code: 'unknown_webhook', why: 'not an id', fail: () => webhookStore(emptyScope).ping('%', ACTOR) },
  {
    code: 'invalid_key_name',
    why: 'too long',
    fail: () => apiKeyStore(emptyScope).create({ scopes: ['stats'], name: 'x'.repeat(101), actor: ACTOR }),
  },
  {
    code: 'invalid_expiry',
    why: 'in the past',
    fail: () => apiKeyStore(emptyScope).create({ scopes: ['stats'], expiresAt: new Date(0), actor: ACTOR }),
  },
  { code: 'invalid_expiry', why: 'not a day', fail: () => readExpiry('tomorrow') },
  {
    code: 'invalid_grace',
    why: 'too long',
    fail: () => apiKeyStore(emptyScope).rotate('key_x', { graceHours: 169, actor: ACTOR }),
  },
  {
    code: 'unknown_key',
    why: 'not an id',
    fail: () => apiKeyStore(emptyScope).rotate('%', { graceHours: 1, actor: ACTOR }),
  },
];

/** Codes that only an operator's command meets; no form can. */
const OPERATORS = [
  'invalid_plan',
  'unknown_plan',
  'invalid_rate',
  'ambiguous_site',
  'not_a_copy',
  'unknown_user',
  'invalid_day',
];

async function catchFailure({ fail }: Case): Promise<Failure> {
  const error = await Promise.resolve()
    .then(fail)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof Failure)) throw new Error('this was to fail', { cause: error });
  return error;
}

/** The names of the values that a sentence wants. */
function wantedBy(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) return [];
    const isChoice = element.type === TYPE.select || element.type === TYPE.plural;
    const inner = isChoice ? Object.values(element.options).flatMap(({ value }) => wantedBy(value)) : [];
    return [element.value, ...inner];
  });
}

const wanted = (text: string) => [...new Set(wantedBy(parse(text)))].sort();

describe('what the control plane says of a failure, and what its sentence wants', () => {
  it.each(CASES)('are the same for $code: $why', async (one) => {
    const { code, values } = await catchFailure(one);
    expect(code).toBe(one.code);
    for (const locale of ['en', 'de'] as const) {
      expect([locale, wanted(MESSAGES[locale].failures[one.code])]).toEqual([
        locale,
        Object.keys(values).sort(),
      ]);
    }
  });

  it.each(CASES)('make a sentence in both languages for $code: $why', async (one) => {
    const { values } = await catchFailure(one);
    for (const locale of ['en', 'de'] as const) {
      const words = wordsIn(locale, 'failures') as unknown as (key: string, given: object) => string;
      const text = words(one.code, values);
      // A domain keeps its small letter.
      expect(text.replace(site.domain, 'It')).toMatch(/^\P{Ll}.*[.?!]$/su);
      expect(text).not.toMatch(/[{}]|failures\.|undefined|NaN/);
    }
  });

  it.each(CASES)('name a place of the form for $code: $why', async (one) => {
    expect((await catchFailure(one)).where).toMatch(/^[a-zA-Z]+$/);
  });

  it('have been compared for every code that a form can meet', () => {
    const reaching = controlFailure.codes.filter((code) => !OPERATORS.includes(code));
    expect([...new Set(CASES.map(({ code }) => code))].sort()).toEqual(reaching.toSorted());
  });
});
