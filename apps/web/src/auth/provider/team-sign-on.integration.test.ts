import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { inTenant, type TenantScope } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { dnsServer } from '@footfall/outbound/dns-server.fixture';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PortalProcess, startPortal } from '#access/portal-process.fixture.ts';
import { type Browser, openBrowser, type Step } from './browser.fixture.ts';
import {
  type Manners,
  type Person,
  type ProviderServer,
  startProviderServer,
} from './provider-server.fixture.ts';

// A team's own provider, through the portal as it is built, a provider and a DNS server on loopback, over HTTP.

const PASSWORD = 'correct horse battery';

/** Records that the DNS server has; a test adds to them. */
const zone: Record<string, { TXT?: string[] }> = {};

let provider: ProviderServer;
let dns: Awaited<ReturnType<typeof dnsServer>>;
let portal: PortalProcess;
let database: Database;
let closeDatabase: () => Promise<void>;
beforeAll(async () => {
  [provider, dns] = [await startProviderServer(), await dnsServer(zone)];
  portal = await startPortal({ SIGN_ON_ORIGINS: provider.issuer, DNS_SERVERS: dns.address });
  ({ db: database, close: closeDatabase } = connectControlPlane(portal.databaseUrl, { name: 'test' }));
}, 300_000);
afterAll(async () => {
  await portal?.stop().finally(() => closeDatabase());
  await provider?.close();
  dns?.close();
});

beforeEach(() => database.$executeRaw`DELETE FROM rate_limit`);

let made = 0;
const next = () => {
  made += 1;
  return made;
};

type Team = { browser: Browser; scope: TenantScope; tenantId: string; ownerEmail: string; domain: string };

/** A team whose owner is signed in, with a domain of its own. */
async function newTeam(domain = `kiln${next()}.example`): Promise<Team> {
  const ownerEmail = `owner${next()}@${domain}`;
  const { tenantId } = await createTenant(database, {
    name: 'Kiln',
    email: ownerEmail,
    password: PASSWORD,
    isVerified: true,
  });
  const browser = openBrowser(portal);
  await signInByPassword(browser, ownerEmail);
  return { browser, scope: inTenant(database, tenantId), tenantId, ownerEmail, domain };
}

const signInByPassword = (browser: Browser, email: string) =>
  browser.send('auth/actions.signIn', { email, password: PASSWORD, next: '/' });

const FIELDS = { role: 'viewer', access: 'all' } as const;

const save = ({ browser }: Pick<Team, 'browser'>, fields: Readonly<Record<string, string>> = {}) =>
  browser.send('team/sign-on-actions.saveSignOn', {
    issuer: provider.issuer,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    ...FIELDS,
    ...fields,
  });

/** Names the team's domain, puts its record into the DNS and has it looked for. */
async function prove({ browser, scope, domain }: Team): Promise<void> {
  await browser.send('team/sign-on-actions.addDomain', { domain });
  const [state] = (await scope.signOn.listDomains()).filter((one) => one.domain === domain);
  const name = `_footfall.${domain}`;
  zone[name] = { TXT: [...(zone[name]?.TXT ?? []), `footfall-sign-on=${state?.token}`] };
  await database.signOnDomain.updateMany({ data: { checkedAt: null } });
  await browser.send('team/sign-on-actions.checkDomain', { domain });
}

/** A team that signs in by its own provider. */
async function newSigningTeam(fields: Readonly<Record<string, string>> = {}): Promise<Team> {
  const team = await newTeam();
  await prove(team);
  await save(team, fields);
  return team;
}

const newPerson = (domain: string, more: Partial<Person> = {}): Person => {
  const number = next();
  return { sub: `sub${number}`, email: `ann${number}@${domain}`, name: `Ann ${number}`, ...more };
};

const ask = (browser: Browser, email: string) =>
  browser.send('auth/actions.signIn', { email, password: '', next: '/', way: 'team' });

/** Types an address, goes to the provider that its domain has, and comes back as this person. */
async function signIn(
  browser: Browser,
  person: Person,
  { via, manners }: { via?: string; manners?: Manners } = {},
): Promise<Step> {
  provider.signInAs(person, manners);
  const { to } = await ask(browser, via ?? person.email ?? '');
  return browser.get((await provider.visit(to ?? '')).href);
}

const findPerson = ({ email = '' }: Person) => database.user.findUnique({ where: { email } });

const error = (code: string) => expect.stringMatching(new RegExp(`^/sign-in\\?error=${code}&`));

describe('a domain that is proven', () => {
  it('leads whoever types an address of it to the team’s provider, with an account or without', async () => {
    const team = await newSigningTeam();
    for (const email of [
      `nobody@${team.domain}`,
      team.ownerEmail,
      `Any.One+x@${team.domain.toUpperCase()}`,
    ]) {
      const to = new URL((await ask(openBrowser(portal), email)).to ?? '');
      expect(to.origin).toBe(provider.issuer);
      expect(to.searchParams.get('redirect_uri')).toBe(
        `${portal.url}/sign-in/callback/team-${team.tenantId}`,
      );
    }
  });

  it('makes whoever comes for the first time a member with the team’s role, and of nothing else', async () => {
    const team = await newSigningTeam({ role: 'editor' });
    const [browser, person] = [openBrowser(portal), newPerson(team.domain)];
    expect((await signIn(browser, person)).to).toBe('/');
    const user = await findPerson(person);
    const memberships = await database.membership.findMany({ where: { userId: user?.id ?? '' } });
    expect(memberships).toMatchObject([{ tenantId: team.tenantId, role: 'editor' }]);
    const session = browser.session();
    expect((await signIn(browser, person)).to).toBe('/');
    expect(browser.session()).not.toBe(session);
    const entries = await database.auditEntry.findMany({
      where: { tenantId: team.tenantId, actor: user?.id ?? '' },
    });
    expect(entries.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['member.add', 'user.link_provider']),
    );
  });

  it('is a team’s only while its record was found, and nobody’s before', async () => {
    const team = await newTeam();
    await save(team);
    await team.browser.send('team/sign-on-actions.addDomain', { domain: team.domain });
    await team.browser.send('team/sign-on-actions.checkDomain', { domain: team.domain });
    expect((await ask(openBrowser(portal), `ann@${team.domain}`)).said).toContain('"code":"no_sign_on"');
    expect((await ask(openBrowser(portal), 'ann@nowhere.example')).said).toContain('"code":"no_sign_on"');
  });

  it('stays the first team’s when another one proves it later, which both are told', async () => {
    const first = await newSigningTeam();
    const second = await newTeam(first.domain);
    await prove(second);
    await save(second);
    const to = new URL((await ask(openBrowser(portal), `ann@${first.domain}`)).to ?? '');
    expect(to.searchParams.get('redirect_uri')).toContain(first.tenantId);
    expect((await second.browser.get('/team/sign-on')).said).toContain(
      'Another team has proven this domain first',
    );
    // The second one's provider says whose an address of the domain is: it counts for nothing.
    provider.signInAs(newPerson(first.domain));
    const browser = openBrowser(portal);
    const begun = await browser.send('auth/provider-actions.signInWithProvider', {
      provider: `team-${second.tenantId}`,
      next: '/',
    });
    const back = await provider.visit(begun.to ?? '');
    expect((await browser.get(back.href)).to).toEqual(error('sign_on_domain'));
    await database.signOnDomain.updateMany({ where: { tenantId: first.tenantId }, data: { provenAt: null } });
    const now = new URL((await ask(openBrowser(portal), `ann@${first.domain}`)).to ?? '');
    expect(now.searchParams.get('redirect_uri')).toContain(second.tenantId);
  });
});

describe('a team’s provider', () => {
  it('vouches for addresses of the team’s domains alone', async () => {
    const [team, other] = [await newSigningTeam(), await newSigningTeam()];
    const via = `x@${team.domain}`;
    for (const person of [
      newPerson('elsewhere.example'),
      newPerson(other.domain),
      newPerson(team.domain, { email_verified: false }),
      { sub: 'no-address' },
    ]) {
      const browser = openBrowser(portal);
      expect((await signIn(browser, person, { via })).to).toEqual(error('sign_on_domain'));
      expect(browser.session()).toBeNull();
    }
    expect(await database.membership.count({ where: { tenantId: team.tenantId } })).toBe(1);
  });

  it('opens nothing of another team, and nothing of the account, of somebody who has more', async () => {
    const team = await newSigningTeam();
    const person = newPerson(team.domain);
    const email = person.email ?? '';
    const own = await createTenant(database, { name: 'Loom', email, password: PASSWORD, isVerified: true });
    const site = await inTenant(database, own.tenantId).sites.create({
      domain: `loom${next()}.example`,
      actor: 'cli',
    });
    const browser = openBrowser(portal);
    await signIn(browser, person);
    expect((await browser.get(`/sites/${site.id}`)).status).toBe(404);
    expect((await browser.get('/account')).said).not.toContain('Loom');
    await browser.send('team/member-actions.chooseTeam', { tenant: own.tenantId });
    expect((await browser.get(`/sites/${site.id}`)).status).toBe(404);
    const change = await browser.send('account/own-password-actions.changePassword', {
      currentPassword: PASSWORD,
      password: 'another horse battery',
    });
    expect(change.said).toContain('"code":"team_session"');
    // By themselves they have both.
    const direct = openBrowser(portal);
    await signInByPassword(direct, email);
    expect((await direct.get(`/sites/${site.id}`)).status).toBe(200);
  });

  it('joins no account whose address nobody has confirmed, and none of the platform’s staff', async () => {
    const team = await newSigningTeam();
    const [squatted, staff] = [newPerson(team.domain), newPerson(team.domain)];
    await createTenant(database, { name: 'Squatter', email: squatted.email ?? '', password: PASSWORD });
    await database.user.create({
      data: {
        id: `user_${staff.sub}`,
        email: staff.email ?? '',
        name: 'Op',
        staffRole: 'operator',
        emailVerifiedAt: new Date(),
      },
    });
    for (const person of [squatted, staff])
      expect((await signIn(openBrowser(portal), person)).to).toEqual(error('sign_on_confirm_first'));
  });

  it('does not bring back whom the team has taken out', async () => {
    const team = await newSigningTeam();
    const person = newPerson(team.domain);
    await signIn(openBrowser(portal), person);
    const userId = (await findPerson(person))?.id ?? '';
    await team.browser.send('team/member-actions.removeMember', { user: userId });
    expect((await signIn(openBrowser(portal), person)).to).toEqual(error('sign_on_removed'));
  });

  it('is held to what it signs', async () => {
    const team = await newSigningTeam();
    for (const manners of [
      { forged: true },
      { claims: { nonce: 'another' } },
      { claims: { aud: 'another' } },
    ])
      expect((await signIn(openBrowser(portal), newPerson(team.domain), { manners })).to).toEqual(
        error('provider_refused'),
      );
  });
});

describe('where members must come by the team’s provider', () => {
  it('they see nothing of the team by password, while owners and others do', async () => {
    const team = await newSigningTeam({ required: 'on' });
    const person = newPerson(team.domain);
    const add = async (email: string) => {
      const { userId } = await createTenant(database, {
        name: 'Own',
        email,
        password: PASSWORD,
        isVerified: true,
      });
      await team.scope.members.add({ userId, role: 'viewer', sites: 'all', actor: 'cli' });
    };
    await add(person.email ?? '');
    const agency = `agency${next()}@elsewhere.example`;
    await add(agency);
    const site = await team.scope.sites.create({ domain: `shop${next()}.example`, actor: 'cli' });
    const open = async (email: string) => {
      const browser = openBrowser(portal);
      await signInByPassword(browser, email);
      return { browser, status: (await browser.get(`/sites/${site.id}`)).status };
    };
    expect((await open(team.ownerEmail)).status).toBe(200);
    expect((await open(agency)).status).toBe(200);
    const { browser, status } = await open(person.email ?? '');
    expect(status).not.toBe(200);
    expect((await browser.get('/account')).said).toContain('Kiln wants you to sign in with its own provider');
    const through = openBrowser(portal);
    await signIn(through, person);
    expect((await through.get(`/sites/${site.id}`)).status).toBe(200);
    // Whom it locks out may still leave.
    await browser.send('team/member-actions.leaveTeam', { tenant: team.tenantId });
    const userId = (await findPerson(person))?.id ?? '';
    expect(await database.membership.count({ where: { userId, tenantId: team.tenantId } })).toBe(0);
  });
});

describe('setting it up', () => {
  it.each([
    'http://id.example',
    'https://127.0.0.1/',
    'https://10.0.0.1/realms/a',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://user:password@id.example/',
    'file:///etc/passwd',
    'not an address',
  ])('takes no issuer that is not a provider on the public internet: %s', async (issuer) => {
    const team = await newTeam();
    expect((await save(team, { issuer })).said).toContain('"code":"invalid_issuer"');
    expect(await team.scope.signOn.read()).toBeNull();
  });

  it('makes nobody an owner, keeps the secret sealed, and leaves it out of page and audit', async () => {
    const team = await newTeam();
    expect((await save(team, { role: 'owner' })).said).toContain('"code":"role_not_yours_to_give"');
    await save(team);
    await save(team, { clientSecret: '', clientId: 'another' });
    expect(await team.scope.signOn.readSecret(portal.secret)).toBe(provider.clientSecret);
    expect((await team.browser.get('/team/sign-on')).said).not.toContain(provider.clientSecret);
    const entries = await database.auditEntry.findMany({ where: { tenantId: team.tenantId } });
    expect(entries.map(({ action }) => action)).toContain('sign_on.save');
    expect(JSON.stringify(entries)).not.toContain(provider.clientSecret);
    const row = await database.teamSignOn.findUniqueOrThrow({ where: { tenantId: team.tenantId } });
    expect(Buffer.from(row.sealedSecret).toString('latin1')).not.toContain(provider.clientSecret);
  });
});
