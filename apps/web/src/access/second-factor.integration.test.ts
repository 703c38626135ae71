import { addPasskey, removePasskey } from '@footfall/db/account/passkey';
import { beginTotp, confirmTotp } from '@footfall/db/account/second-factor';
import { newSecretToken } from '@footfall/db/account/secret-token';
import { codeAt } from '@footfall/db/account/totp.fixture';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT_LIMITS } from '#auth/attempt-limits.ts';
import { type Authenticator, newAuthenticator } from '#auth/authenticator.fixture.ts';
import { checkNewPasskey } from '#auth/passkey.ts';
import { startWalk, WALK_PASSWORD, type Walk } from './walk.fixture.ts';

// Signing in with a second factor at the portal as it is built, over HTTP: by its form, and by every way around it.

const STEP_MS = 30_000;
const EMAIL = 'kiln@shop.example';

let walk: Walk;
let userId = '';
let app = '';
let recovery: string[] = [];
beforeAll(async () => {
  walk = await startWalk();
  ({ id: userId } = await walk.database.user.findUniqueOrThrow({ where: { email: EMAIL } }));
}, 300_000);
afterAll(() => walk.close());

beforeEach(async () => {
  await walk.database.$executeRaw`DELETE FROM rate_limit`;
  await walk.database.totp.deleteMany();
  const whose = { userId, secret: walk.portal.secret };
  app = (await beginTotp(walk.database, whose)) ?? '';
  // So long ago that the codes of now are all to be had.
  const now = Date.now() - 10 * STEP_MS;
  recovery = (await confirmTotp(walk.database, { ...whose, code: codeAt(app, now), now })) ?? [];
});

const code = () => codeAt(app, Date.now());
const wrongCode = () => String((Number(code()) + 1) % 1_000_000).padStart(6, '0');

type Answer = { to: string | null; cookies: Map<string, string>; said: string };

async function readAnswer(response: Response): Promise<Answer> {
  const set = response.headers.getSetCookie().map((cookie) => (cookie.split(';')[0] ?? '').split('='));
  return {
    to: response.headers.get('x-action-redirect')?.split(';')[0] ?? null,
    cookies: new Map(set.map(([name = '', ...value]) => [name, value.join('=')])),
    said: await response.text(),
  };
}

const isSignedIn = ({ cookies }: Answer) => (cookies.get('next-auth.session-token') ?? '') !== '';

const ACTIONS = {
  signIn: 'auth/actions.signIn',
  signInWithCode: 'auth/actions.signInWithCode',
  signUp: 'auth/actions.signUp',
  askPasskey: 'auth/passkey-actions.askPasskey',
  signInWithPasskey: 'auth/passkey-actions.signInWithPasskey',
  askSecondPasskey: 'auth/passkey-actions.askSecondPasskey',
  signInWithSecondPasskey: 'auth/passkey-actions.signInWithSecondPasskey',
} as const;
type Action = keyof typeof ACTIONS;

/** Sends a form of the sign-in pages as React does. */
async function send(name: Action, fields: Record<string, string>, cookies = ''): Promise<Answer> {
  const { id, page } = walk.findAction(ACTIONS[name]);
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.set(`_1_${field}`, value);
  body.set('0', '[{},"$K1"]');
  const headers = { 'next-action': id, cookie: cookies };
  return readAnswer(await walk.ask('nobody', page, { method: 'POST', body, headers }));
}

const STEP_COOKIE = 'footfall-second-step';

/** The cookie of a browser that is between the two steps. */
async function firstStep(): Promise<string> {
  const { cookies } = await send('signIn', { email: EMAIL, password: WALK_PASSWORD, next: '/account' });
  return `${STEP_COOKIE}=${cookies.get(STEP_COOKIE)}`;
}

/** Signs in by next-auth's own address. */
async function callback(fields: Record<string, string>): Promise<Answer> {
  const csrf = await walk.ask('nobody', '/api/auth/csrf');
  const cookie = csrf.headers.getSetCookie().map((one) => one.split(';')[0]);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, json: 'true', ...fields });
  const headers = { cookie: cookie.join('; ') };
  return readAnswer(
    await walk.ask('nobody', '/api/auth/callback/credentials', { method: 'POST', body, headers }),
  );
}

describe('a right password of an account with a second factor', () => {
  it('leads to the second step and begins nothing', async () => {
    const answer = await send('signIn', { email: EMAIL, password: WALK_PASSWORD });
    expect([answer.to, isSignedIn(answer)]).toEqual(['/sign-in/second-factor', false]);
    const cookie = `${STEP_COOKIE}=${answer.cookies.get(STEP_COOKIE)}`;
    const page = await walk.ask('nobody', '/account', { headers: { cookie } });
    expect(page.headers.get('location')).toContain('/sign-in');
  });

  it('leads there from signing up, too', async () => {
    const answer = await send('signUp', { name: 'Kiln', email: EMAIL, password: WALK_PASSWORD });
    expect([answer.to, isSignedIn(answer)]).toEqual(['/sign-in/second-factor', false]);
  });

  it('does not sign in at next-auth’s address without its code', async () => {
    expect(isSignedIn(await callback({ email: EMAIL, password: WALK_PASSWORD }))).toBe(false);
    expect(isSignedIn(await callback({ email: EMAIL, password: WALK_PASSWORD, code: wrongCode() }))).toBe(
      false,
    );
    expect(isSignedIn(await callback({ email: EMAIL, password: WALK_PASSWORD, code: code() }))).toBe(true);
  });

  it('is not made up for by a code', async () => {
    expect(isSignedIn(await callback({ email: EMAIL, password: 'not this one', code: code() }))).toBe(false);
    expect(isSignedIn(await send('signInWithCode', { code: code() }))).toBe(false);
  });
});

describe('the second step', () => {
  it('signs in by a code of the app and goes where the first was asked to', async () => {
    const answer = await send('signInWithCode', { code: code() }, await firstStep());
    expect([answer.to, isSignedIn(answer), answer.cookies.get(STEP_COOKIE)]).toEqual(['/account', true, '']);
  });

  it('signs in by a recovery code once', async () => {
    const [one = ''] = recovery;
    expect(isSignedIn(await send('signInWithCode', { code: one }, await firstStep()))).toBe(true);
    // Its owner is told.
    const mails = () =>
      walk.database.mail.count({ where: { template: 'recovery_code_used', recipient: EMAIL } });
    await expect.poll(mails).toBe(1);
    expect(isSignedIn(await send('signInWithCode', { code: one }, await firstStep()))).toBe(false);
  });

  it('takes a code once, of two at once from one browser alone', async () => {
    const steps = await Promise.all([firstStep(), firstStep()]);
    const typed = code();
    const answers = await Promise.all(steps.map((step) => send('signInWithCode', { code: typed }, step)));
    expect(answers.filter(isSignedIn)).toHaveLength(1);
  });

  it('says of a wrong code that it is wrong, and after ten that it takes a wait, even with a right one', async () => {
    const step = await firstStep();
    for (let tried = 0; tried < ATTEMPT_LIMITS.code.points; tried += 1)
      expect((await send('signInWithCode', { code: wrongCode() }, step)).said).toContain(
        '"code":"wrong_code"',
      );
    // The password again gains no more of them.
    const again = await firstStep();
    const answer = await send('signInWithCode', { code: code() }, again);
    expect(answer.said).toContain('"code":"too_many_attempts"');
    expect(isSignedIn(answer)).toBe(false);
  });

  it('of a session that is made up is none', async () => {
    const answer = await send('signInWithCode', { code: code() }, `${STEP_COOKIE}=x.y.z`);
    expect([answer.to, isSignedIn(answer)]).toEqual(['/sign-in', false]);
  });
});

describe('a passkey', () => {
  let key: Authenticator;
  beforeEach(async () => {
    const party = { id: 'localhost', origin: walk.portal.url };
    key = newAuthenticator(party);
    await walk.database.totp.deleteMany();
    await walk.database.passkey.deleteMany();
    const challenge = newSecretToken();
    const passkey = await checkNewPasskey(key.make(challenge), { party, challenge });
    if (passkey !== null) await addPasskey(walk.database, { ...passkey, userId, name: 'Key' });
  });
  afterAll(() => walk.database.passkey.deleteMany());

  const CHALLENGE_COOKIE = 'footfall-passkey';

  /** Asks for a challenge as a browser does: what it is to sign, and the cookies that it has then. */
  async function askFor(name: 'askPasskey' | 'askSecondPasskey', cookies = '') {
    const answer = await send(name, {}, cookies);
    const challenge = /"challenge":"([\w-]{43})"/.exec(answer.said)?.[1] ?? '';
    const own = `${CHALLENGE_COOKIE}=${answer.cookies.get(CHALLENGE_COOKIE)}`;
    return { ...answer, challenge, cookies: cookies === '' ? own : `${cookies}; ${own}` };
  }

  const signIn = (response: string, cookies: string) =>
    send('signInWithPasskey', { response, next: '/account' }, cookies);

  it('signs in without a password and without a code, and goes where it was asked to', async () => {
    const { challenge, cookies } = await askFor('askPasskey');
    const answer = await signIn(key.sign(challenge, { userId }), cookies);
    expect([answer.to, isSignedIn(answer), answer.cookies.get(CHALLENGE_COOKIE)]).toEqual([
      '/account',
      true,
      '',
    ]);
  });

  it('is asked for by a challenge that names nobody', async () => {
    const { said } = await askFor('askPasskey');
    expect(said).toContain('"userVerification":"required"');
    expect(said).not.toContain(key.id);
  });

  it('that did not make sure who holds it does not sign in alone', async () => {
    const { challenge, cookies } = await askFor('askPasskey');
    const answer = await signIn(key.sign(challenge, { isVerified: false }), cookies);
    expect([answer.said.includes('"code":"passkey_refused"'), isSignedIn(answer)]).toEqual([true, false]);
  });

  it('is taken once a challenge, even with a new signature, and of two at once one alone', async () => {
    const { challenge, cookies } = await askFor('askPasskey');
    const responses = [key.sign(challenge), key.sign(challenge)];
    const answers = await Promise.all(responses.map((response) => signIn(response, cookies)));
    expect(answers.filter(isSignedIn)).toHaveLength(1);
    expect(isSignedIn(await signIn(key.sign(challenge), cookies))).toBe(false);
  });

  it('is taken of the browser that was asked alone', async () => {
    const [mine, theirs] = [await askFor('askPasskey'), await askFor('askPasskey')];
    expect(isSignedIn(await signIn(key.sign(mine.challenge), theirs.cookies))).toBe(false);
    expect(isSignedIn(await signIn(key.sign(mine.challenge), ''))).toBe(false);
    expect(isSignedIn(await signIn(key.sign(mine.challenge), mine.cookies))).toBe(true);
  });

  it('is a second factor: the password alone does not sign in, with it it does', async () => {
    const step = await firstStep();
    const { challenge, cookies, said } = await askFor('askSecondPasskey', step);
    expect(said).toContain(key.id);
    const response = key.sign(challenge, { isVerified: false });
    const answer = await send('signInWithSecondPasskey', { response }, cookies);
    expect([answer.to, isSignedIn(answer), answer.cookies.get(STEP_COOKIE)]).toEqual(['/account', true, '']);
  });

  it('as a second factor is asked of nobody who has not said their password', async () => {
    const asked = await askFor('askSecondPasskey');
    expect(asked.to).toBe('/sign-in');
    const { challenge, cookies } = await askFor('askPasskey');
    const answer = await send('signInWithSecondPasskey', { response: key.sign(challenge) }, cookies);
    expect([answer.to, isSignedIn(answer)]).toEqual(['/sign-in', false]);
  });

  it('signed for the second step does not do for the first, nor the other way round', async () => {
    const step = await firstStep();
    const second = await askFor('askSecondPasskey', step);
    expect(isSignedIn(await signIn(key.sign(second.challenge), second.cookies))).toBe(false);
    const first = await askFor('askPasskey', step);
    const response = key.sign(first.challenge);
    expect(isSignedIn(await send('signInWithSecondPasskey', { response }, first.cookies))).toBe(false);
  });

  it('of somebody else does not do as a second factor', async () => {
    const { id } = await walk.database.user.findUniqueOrThrow({ where: { email: 'loom@shop.example' } });
    const step = await firstStep();
    await walk.database.passkey.updateMany({ data: { userId: id } });
    const { challenge, cookies } = await askFor('askSecondPasskey', step);
    const response = key.sign(challenge);
    expect(isSignedIn(await send('signInWithSecondPasskey', { response }, cookies))).toBe(false);
  });

  it('that was removed opens nothing', async () => {
    const { challenge, cookies } = await askFor('askPasskey');
    await removePasskey(walk.database, { userId, id: key.id });
    expect(isSignedIn(await signIn(key.sign(challenge), cookies))).toBe(false);
    expect(isSignedIn(await send('signIn', { email: EMAIL, password: WALK_PASSWORD }))).toBe(true);
  });

  it('takes a wait after a hundred attempts of one network', async () => {
    const { points } = ATTEMPT_LIMITS.network;
    for (let tried = 0; tried < points; tried += 20)
      await Promise.all(Array.from({ length: 20 }, () => signIn('{}', '')));
    const { challenge, cookies } = await askFor('askPasskey');
    const answer = await signIn(key.sign(challenge), cookies);
    expect([answer.said.includes('"code":"too_many_attempts"'), isSignedIn(answer)]).toEqual([true, false]);
  });
});

describe('a team that wants a second factor', () => {
  beforeAll(() =>
    walk.database.tenant.update({ where: { id: walk.tenantId }, data: { requiresSecondFactor: true } }),
  );
  afterAll(() =>
    walk.database.tenant.update({ where: { id: walk.tenantId }, data: { requiresSecondFactor: false } }),
  );

  const paths = ['/sites/[id]', '/sites/[id]/settings', '/sites/new'];

  it.each(paths)(
    'shows a member without one nothing of %s, and leads to where it is set up',
    async (path) => {
      const response = await walk.ask('admin', path.replace('[id]', walk.site.id));
      expect([response.status, response.headers.get('location')]).toEqual([307, '/account#second-factor']);
      expect(await response.text()).not.toContain(walk.site.siteKey);
      const page = await (await walk.ask('admin', '/account')).text();
      expect(page).toContain('kiln asks its members for a second factor');
    },
  );

  it('answers the session of a member without one nothing by the API', async () => {
    const body = JSON.stringify({ site_id: walk.site.id, metrics: ['visitors'], date_range: 'day' });
    const headers = { 'content-type': 'application/json' };
    const response = await walk.ask('admin', '/api/v1/query', { method: 'POST', body, headers });
    expect(response.status).toBe(403);
  });

  it('is open to a member whose second factor is a passkey', async () => {
    await walk.database.totp.deleteMany();
    const data = { id: 'key', userId, name: 'Key', publicKey: new Uint8Array([1]) };
    await walk.database.passkey.create({ data });
    expect((await walk.ask('owner', `/sites/${walk.site.id}/settings`)).status).toBe(200);
    await walk.database.passkey.deleteMany();
    expect((await walk.ask('owner', `/sites/${walk.site.id}/settings`)).status).toBe(307);
  });

  it('is open to a member who has one', async () => {
    const response = await walk.ask('owner', `/sites/${walk.site.id}/settings`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(walk.site.siteKey);
  });
});
