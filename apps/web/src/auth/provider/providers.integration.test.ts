import { beginTotp, confirmTotp } from '@footfall/db/account/second-factor';
import { codeAt } from '@footfall/db/account/totp.fixture';
import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { inTenant } from '@footfall/db/tenant/scope';
import { createTenant } from '@footfall/db/tenant/tenant';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type PortalProcess, startPortal } from '#access/portal-process.fixture.ts';
import { type Browser, openBrowser, type Step } from './browser.fixture.ts';
import {
  type Manners,
  type Person,
  type ProviderServer,
  startProviderServer,
} from './provider-server.fixture.ts';

// Signing in at a provider, through the portal as it is built and a provider on loopback, over HTTP.

const PASSWORD = 'correct horse battery';

let provider: ProviderServer;
let portal: PortalProcess;
let database: Database;
let closeDatabase: () => Promise<void>;
beforeAll(async () => {
  provider = await startProviderServer();
  const { issuer, clientId, clientSecret } = provider;
  portal = await startPortal({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_NAME: 'Kiln ID',
    GITHUB_URL: issuer,
    GITHUB_CLIENT_ID: clientId,
    GITHUB_CLIENT_SECRET: clientSecret,
  });
  ({ db: database, close: closeDatabase } = connectControlPlane(portal.databaseUrl, { name: 'test' }));
}, 300_000);
afterAll(async () => {
  await portal?.stop().finally(() => closeDatabase());
  await provider?.close();
});

beforeEach(() => database.$executeRaw`DELETE FROM rate_limit`);

let made = 0;
function newPerson(more: Partial<Person> = {}): Person {
  made += 1;
  const sub = `${1000 + made}`;
  return { sub, email: `ann${made}@kiln.example`, email_verified: true, name: `Ann ${made}`, ...more };
}

type Way = { id?: string; next?: string; manners?: Manners };

/** Goes to the provider; answers where it sends the browser back to. */
async function goThere(browser: Browser, person: Person, { id = 'oidc', next = '/', manners }: Way = {}) {
  provider.signInAs(person, manners);
  const { to } = await browser.send('auth/provider-actions.signInWithProvider', { provider: id, next });
  return provider.visit(to ?? '');
}

/** Goes to the provider and comes back. */
async function signIn(browser: Browser, person: Person, way: Way = {}): Promise<Step> {
  return browser.get((await goThere(browser, person, way)).href);
}

const findPerson = ({ email = '' }: Person) => database.user.findUnique({ where: { email } });

/** An account with a password, whose address is confirmed or not. */
async function newAccount({ email = '' }: Person, isVerified: boolean): Promise<string> {
  const { userId } = await createTenant(database, { name: 'Loom', email, password: PASSWORD, isVerified });
  return userId;
}

async function signInByPassword(browser: Browser, { email = '' }: Person): Promise<void> {
  await browser.send('auth/actions.signIn', { email, password: PASSWORD, next: '/' });
  expect(browser.session()).not.toBeNull();
}

const error = (code: string, id = 'oidc') => expect.stringMatching(new RegExp(`error=${code}&with=${id}`));

describe.each(['oidc', 'github'])('with %s somebody', (id) => {
  it('who has no account gets one with a team of their own, and signs in with it again', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const first = await signIn(browser, person, { id });
    expect(first.to).toBe('/sites/new');
    const user = await findPerson(person);
    expect(user).toMatchObject({ name: person.name, passwordHash: null });
    expect(user?.emailVerifiedAt).not.toBeNull();
    const session = browser.session();
    const again = await signIn(openBrowser(portal), person, { id, next: '/account' });
    expect(again.to).toBe('/account');
    expect((await signIn(browser, person, { id })).to).toBe('/');
    // Whatever session a browser came with, it leaves with a new one.
    expect(browser.session()).not.toBe(session);
    expect(await database.user.count({ where: { email: person.email ?? '' } })).toBe(1);
  });

  it('whose address the provider has not confirmed is refused, and nothing is made', async () => {
    const [browser, person] = [openBrowser(portal), newPerson({ email_verified: false })];
    expect((await signIn(browser, person, { id })).to).toEqual(error('provider_unverified', id));
    expect(browser.session()).toBeNull();
    expect(await findPerson(person)).toBeNull();
  });
});

it('no token of a provider is stored', async () => {
  const columns = await database.$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'linked_account'`;
  expect(columns.map(({ name }) => name).sort()).toEqual(
    ['created_at', 'email', 'last_used_at', 'provider', 'subject', 'user_id'].sort(),
  );
});

it('the provider is asked for a code with PKCE, state and nonce, and the secret is sent to it alone', async () => {
  const browser = openBrowser(portal);
  await signIn(browser, newPerson());
  const sent = provider.asked.findLast(({ path }) => path === '/authorize')?.parameters;
  expect(sent?.get('code_challenge_method')).toBe('S256');
  expect(sent?.get('redirect_uri')).toBe(`${portal.url}/sign-in/callback/oidc`);
  for (const name of ['state', 'nonce', 'code_challenge']) expect(sent?.get(name)).toMatch(/^[\w-]{43}$/);
  expect(sent?.has('client_secret')).toBe(false);
});

it('reads the address from the provider’s page about somebody where the ID token has none', async () => {
  const { email, ...person } = newPerson();
  const manners = { userinfo: { email, email_verified: 'true' } };
  expect((await signIn(openBrowser(portal), person, { manners })).to).toBe('/sites/new');
  expect(await findPerson({ sub: '', email: email ?? '' })).not.toBeNull();
});

describe('an address that has an account', () => {
  it('joins it when both sides have confirmed it, and the audit says so', async () => {
    const person = newPerson();
    const userId = await newAccount(person, true);
    expect(
      (await signIn(openBrowser(portal), { ...person, email: person.email?.toUpperCase() ?? '' })).to,
    ).toBe('/');
    expect(await database.linkedAccount.findMany({ where: { userId } })).toMatchObject([
      { subject: person.sub },
    ]);
    const entries = await database.auditEntry.findMany({ where: { actor: userId } });
    expect(entries.map(({ action }) => action)).toContain('user.link_provider');
  });

  it('is not joined when the account has not confirmed it: somebody may have taken the address before its owner', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const userId = await newAccount(person, false);
    const { to } = await signIn(browser, person);
    expect(to).toEqual(error('provider_link_first'));
    expect(browser.session()).toBeNull();
    expect(await database.linkedAccount.count({ where: { userId } })).toBe(0);
    expect((await browser.get(to ?? '')).said).toContain('then link Kiln ID on your account page');
  });

  it('is not joined when it is of the platform’s staff', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const data = { id: `user_${person.sub}`, email: person.email ?? '', name: 'Op', staffRole: 'operator' };
    await database.user.create({ data: { ...data, emailVerifiedAt: new Date() } });
    expect((await signIn(browser, person)).to).toEqual(error('provider_link_first'));
  });

  it('is not joined by another subject once one is linked', async () => {
    const person = newPerson();
    await signIn(openBrowser(portal), person);
    const browser = openBrowser(portal);
    expect((await signIn(browser, { ...person, sub: 'another' })).to).toEqual(error('provider_link_first'));
    expect(browser.session()).toBeNull();
  });
});

it('asks for the second factor of an account that has one', async () => {
  const [browser, person] = [openBrowser(portal), newPerson()];
  await signIn(openBrowser(portal), person);
  const userId = (await findPerson(person))?.id ?? '';
  const whose = { userId, secret: portal.secret };
  const app = (await beginTotp(database, whose)) ?? '';
  const before = Date.now() - 300_000;
  await confirmTotp(database, { ...whose, code: codeAt(app, before), now: before });
  expect((await signIn(browser, person, { next: '/account' })).to).toBe('/sign-in/second-factor');
  expect(browser.session()).toBeNull();
  const step = await browser.send('auth/actions.signInWithCode', { code: codeAt(app, Date.now()) });
  expect(step.to).toBe('/account');
  expect(browser.session()).not.toBeNull();
});

describe('what comes back and does not hold', () => {
  const LIES: [string, Manners][] = [
    ['an ID token of another sign-in', { claims: { nonce: 'of-another' } }],
    ['an ID token for another client', { claims: { aud: 'another' } }],
    ['an ID token of another issuer', { claims: { iss: 'https://id.example' } }],
    ['an ID token that is over', { claims: { exp: 1_000 } }],
    ['an ID token that names nobody', { claims: { sub: '' } }],
    ['an ID token that somebody else has signed', { forged: true }],
    [
      'the page about somebody else',
      { userinfo: { sub: 'another', email: 'a@b.example', email_verified: true } },
    ],
    ['no token', { tokenStatus: 500 }],
  ];
  it.each(LIES)('signs nobody in: %s', async (_, manners) => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    expect((await signIn(browser, person, { manners })).to).toEqual(error('provider_refused'));
    expect(browser.session()).toBeNull();
    expect(await findPerson(person)).toBeNull();
  });

  it('signs nobody in: another state', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const back = await goThere(browser, person);
    back.searchParams.set('state', 'x'.repeat(43));
    expect((await browser.get(back.href)).to).toEqual(error('provider_refused'));
    expect(browser.session()).toBeNull();
  });

  it('signs nobody in: a browser that did not begin it, and nobody twice', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const back = await goThere(browser, person);
    const victim = openBrowser(portal);
    expect((await victim.get(back.href)).to).toEqual(error('provider_flow_over'));
    expect(victim.session()).toBeNull();
    const begun = browser.cookies.get('footfall-provider') ?? '';
    expect((await browser.get(back.href)).to).toBe('/sites/new');
    expect((await browser.get(back.href)).to).toEqual(error('provider_flow_over'));
    const copied = openBrowser(portal);
    copied.cookies.set('footfall-provider', begun);
    expect((await copied.get(back.href)).to).toEqual(error('provider_refused'));
  });

  it('signs nobody in: the answer of another provider than the one that was gone to', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const back = await goThere(browser, person);
    back.pathname = '/sign-in/callback/github';
    expect((await browser.get(back.href)).to).toEqual(error('provider_flow_over', 'github'));
    expect(browser.session()).toBeNull();
  });

  it('says that somebody turned back, and nothing that the address says', async () => {
    const browser = openBrowser(portal);
    const { to } = await signIn(browser, newPerson(), { manners: { error: 'access_denied' } });
    expect((await browser.get(to ?? '')).said).toContain('You turned back at Kiln ID');
    const { said } = await browser.get('/sign-in?error=%3Cb%3Ehacked&with=%3Cb%3Ehacked');
    expect(said.replace(/<script[\s\S]*?<\/script>/g, '')).toContain('Signing in did not work');
    expect(said.replace(/<script[\s\S]*?<\/script>/g, '')).not.toContain('hacked');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example'])(
    'leads to no other site: next=%j',
    async (next) => {
      const person = newPerson();
      await signIn(openBrowser(portal), person);
      expect((await signIn(openBrowser(portal), person, { next })).to).toBe('/');
    },
  );
});

describe('on the account page', () => {
  type Signed = { browser: Browser; person: Person; userId: string };
  async function signedIn(): Promise<Signed> {
    const [browser, person] = [openBrowser(portal), newPerson()];
    const userId = await newAccount(person, false);
    await signInByPassword(browser, person);
    return { browser, person, userId };
  }

  const link = async ({ browser }: Signed, there: Person) => {
    provider.signInAs(there);
    const { to } = await browser.send('account/provider-actions.linkProvider', { provider: 'oidc' });
    return browser.get((await provider.visit(to ?? '')).href);
  };

  it('somebody links an account there, whatever its address, and signs in with it', async () => {
    const signed = await signedIn();
    const there = newPerson({ email_verified: false });
    expect((await link(signed, there)).to).toBe('/account#ways-in');
    const browser = openBrowser(portal);
    expect((await signIn(browser, there)).to).toBe('/');
    expect((await browser.get('/account')).said).toContain(signed.person.email);
  });

  it('an account there that is somebody else’s is not linked', async () => {
    const there = newPerson();
    await signIn(openBrowser(portal), there);
    const signed = await signedIn();
    expect((await link(signed, there)).to).toEqual(expect.stringContaining('/account?error=link_taken'));
    expect(await database.linkedAccount.count({ where: { userId: signed.userId } })).toBe(0);
  });

  it('nothing is linked to whoever else signed in meanwhile, nor without a fresh proof', async () => {
    const [signed, other] = [await signedIn(), await signedIn()];
    const there = newPerson();
    provider.signInAs(there);
    const { to } = await signed.browser.send('account/provider-actions.linkProvider', { provider: 'oidc' });
    const back = await provider.visit(to ?? '');
    other.browser.cookies.set('footfall-provider', signed.browser.cookies.get('footfall-provider') ?? '');
    expect((await other.browser.get(back.href)).to).toEqual(
      expect.stringContaining('error=provider_flow_over'),
    );
    const stale = { where: { userId: signed.userId }, data: { provenAt: new Date(Date.now() - 3_600_000) } };
    await database.session.updateMany(stale);
    const refused = await openStale(signed);
    expect(refused.said).toContain('"code":"proof_needed"');
    expect(await database.linkedAccount.count({ where: { subject: there.sub } })).toBe(0);
  });

  /** Asks after the five seconds for which a session is not asked for anew are over. */
  async function openStale({ browser }: Signed): Promise<Step> {
    let step = await browser.send('account/provider-actions.linkProvider', { provider: 'oidc' });
    await expect
      .poll(async () => {
        step = await browser.send('account/provider-actions.linkProvider', { provider: 'oidc' });
        return step.said;
      })
      .toContain('proof_needed');
    return step;
  }

  it('the last way in is not unlinked, one of two is, and the audit says so', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    await signIn(browser, person);
    const user = await findPerson(person);
    const unlink = () => browser.send('account/provider-actions.unlinkProvider', { provider: 'oidc' });
    expect((await unlink()).said).toContain('"code":"last_way_in"');
    await browser.send('account/own-password-actions.changePassword', { password: PASSWORD });
    expect((await unlink()).said).not.toContain('"error":{');
    expect(await database.linkedAccount.count({ where: { userId: user?.id ?? '' } })).toBe(0);
    const entries = await database.auditEntry.findMany({ where: { actor: user?.id ?? '' } });
    expect(entries.map(({ action }) => action)).toContain('user.unlink_provider');
  });

  it('whoever has no password proves with the provider who they are, and with no other account there', async () => {
    const [browser, person] = [openBrowser(portal), newPerson()];
    await signIn(browser, person);
    const prove = async (there: Person, manners: Manners = {}) => {
      provider.signInAs(there, manners);
      const { to } = await browser.send('account/provider-actions.proveWithProvider', { provider: 'oidc' });
      expect(new URL(to ?? '').searchParams.get('max_age')).toBe('0');
      return (await browser.get((await provider.visit(to ?? '')).href)).to;
    };
    const userId = (await findPerson(person))?.id ?? '';
    await database.session.updateMany({ where: { userId }, data: { provenAt: new Date(0) } });
    expect(await prove(newPerson())).toEqual(expect.stringContaining('error=provider_other_account'));
    const longAgo = { claims: { auth_time: 1_000 } };
    expect(await prove(person, longAgo)).toEqual(expect.stringContaining('error=provider_refused'));
    expect(await prove(person)).toBe('/account#ways-in');
    const session = await database.session.findFirstOrThrow({ where: { userId } });
    expect(Date.now() - session.provenAt.getTime()).toBeLessThan(600_000);
  });
});

describe('an invitation', () => {
  it('makes an account for the address that was invited, and no other, wherever accounts are made', async () => {
    const owner = newPerson();
    await newAccount(owner, true);
    const { tenantId } = await database.membership.findFirstOrThrow({
      where: { user: { email: owner.email ?? '' } },
    });
    const person = newPerson();
    const { token } = await inTenant(database, tenantId).invitations.create({
      email: person.email ?? '',
      role: 'viewer',
      sites: 'all',
      actor: 'cli',
    } as never);
    const browser = openBrowser(portal);
    const next = `/invitations/${token}`;
    expect((await signIn(browser, person, { next })).to).toBe(next);
    expect(
      await database.tenant.count({
        where: { memberships: { some: { user: { email: person.email ?? '' } } } },
      }),
    ).toBe(0);
    expect((await browser.send('team/invitation-actions.acceptInvitation', { token })).to).toBe('/');
  });
});

describe.each([
  ['invited', 'sign_up_invited'],
  ['closed', 'sign_up_closed'],
])('where sign-up is %s', (mode, code) => {
  it('no provider makes an account, and whoever has one signs in', async () => {
    const { issuer, clientId, clientSecret } = provider;
    const shut = await startPortal({
      SIGN_UP: mode,
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: clientId,
      OIDC_CLIENT_SECRET: clientSecret,
    });
    const { db, close } = connectControlPlane(shut.databaseUrl, { name: 'test' });
    try {
      const [browser, person] = [openBrowser(shut), newPerson()];
      expect((await signIn(browser, person)).to).toEqual(error(code));
      expect(await db.user.count({ where: { email: person.email ?? '' } })).toBe(0);
      await createTenant(db, {
        name: 'Kiln',
        email: person.email ?? '',
        password: PASSWORD,
        isVerified: true,
      });
      expect((await signIn(browser, person)).to).toBe('/');
    } finally {
      await shut.stop().finally(() => close());
    }
  }, 120_000);
});

it('has buttons of the providers that are set up, and takes no sign-in of another', async () => {
  const { said } = await openBrowser(portal).get('/sign-in');
  expect(said).toContain('Kiln ID');
  expect(said).toContain('GitHub');
  expect(said).not.toContain('Google');
  const step = await openBrowser(portal).send('auth/provider-actions.signInWithProvider', {
    provider: 'google',
  });
  expect(step.said).toContain('"code":"provider_refused"');
});
