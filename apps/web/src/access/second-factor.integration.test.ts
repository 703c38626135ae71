import { beginTotp, confirmTotp } from '@footfall/db/account/second-factor';
import { codeAt } from '@footfall/db/account/totp.fixture';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ATTEMPT_LIMITS } from '#auth/attempt-limits.ts';
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

/** Sends a form of the sign-in pages as React does. */
async function send(
  name: 'signIn' | 'signInWithCode' | 'signUp',
  fields: Record<string, string>,
  cookies = '',
): Promise<Answer> {
  const { id, page } = walk.findAction(`auth/actions.${name}`);
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

  it('is open to a member who has one', async () => {
    const response = await walk.ask('owner', `/sites/${walk.site.id}/settings`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(walk.site.siteKey);
  });
});
