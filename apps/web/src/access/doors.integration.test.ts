import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVER_ACTIONS, type ServerActionName } from './server-actions.ts';
import { startWalk, type Walk } from './walk.fixture.ts';

// Attacks on the doors of the portal as it is built: what a stranger sends before, at and after sign-in.

let walk: Walk;
beforeAll(async () => {
  walk = await startWalk();
}, 300_000);
afterAll(() => walk.close());

/** A body of so many bytes that states no length. */
function endless(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(controller) {
      if (left <= 0) return controller.close();
      controller.enqueue(new Uint8Array(65_536).fill(97));
      left -= 65_536;
    },
  });
}

const MEGABYTE = 1024 * 1024;

describe('a body that is too large', () => {
  it.each([
    ['/api/auth/callback/credentials', 'application/x-www-form-urlencoded'],
    ['/api/auth/signin/credentials', 'application/json'],
    ['/api/auth/_log', 'application/json'],
    ['/api/v1/query', 'application/json'],
    ['/api/nothing', 'application/json'],
    ['/sign-in', 'text/plain;charset=UTF-8'],
    ['/sign-in', 'multipart/form-data; boundary=x'],
    ['/', 'application/x-www-form-urlencoded'],
  ])('is refused at %s (%s), with and without a stated length', async (path, type) => {
    const stated = await walk.ask('nobody', path, {
      method: 'POST',
      body: `email=${'a'.repeat(MEGABYTE)}`,
      headers: { 'content-type': type },
    });
    expect(stated.status).toBe(413);
    const init = { method: 'POST', body: endless(4 * MEGABYTE), duplex: 'half' };
    const unstated = await walk
      .ask('nobody', path, { ...init, headers: { 'content-type': type } } as RequestInit)
      .catch(() => null);
    // Who only reads when all is sent sees the connection cut.
    if (unstated !== null) expect(unstated.status).toBe(413);
  });
});

describe('what cannot be read', () => {
  it.each([
    [
      'a form in parts that breaks off',
      'multipart/form-data; boundary=x',
      '--x\r\ncontent-disposition: form',
    ],
    ['a form in parts without a boundary', 'multipart/form-data', 'x'],
    ['no JSON', 'text/plain;charset=UTF-8', '[{'],
    ['a reference to nothing', 'text/plain;charset=UTF-8', '["$K9"]'],
    ['a wrong reference', 'text/plain;charset=UTF-8', '["$Zx", "$@1", "$B2"]'],
    ['no arguments', 'text/plain;charset=UTF-8', ''],
  ])('as the arguments of a server action is the sender’s mistake: %s', async (_, type, body) => {
    const response = await walk.ask('nobody', '/sign-in', {
      method: 'POST',
      body,
      headers: { 'content-type': type, 'next-action': walk.findAction('auth/actions.signIn').id },
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });

  /** Names that public forms have; what stands for each is not a text. */
  const FIELDS = ['email', 'password', 'name', 'token', 'code', 'next', 'way', 'provider', 'response'];
  const PUBLIC = (Object.keys(SERVER_ACTIONS) as ServerActionName[]).filter(
    (name) => SERVER_ACTIONS[name].admission === 'everyone',
  );

  /** Fields as nobody's browser sends them; `0` says that they are the form. */
  const form = (...fields: [string, string | Blob][]) => {
    const body = new FormData();
    for (const [name, value] of fields) body.append(`_1_${name}`, value);
    body.set('0', '[{},"$K1"]');
    return body;
  };

  it.each(PUBLIC)(
    'lists, objects and files for texts let nobody in by %s, and are never our mistake',
    async (name) => {
      const { id, page } = walk.findAction(name);
      const path = page.replaceAll(/\[[^\]]+\]/g, 'none');
      const odd = { $ne: null, toString: 'x', length: 1 };
      const bodies: readonly (string | FormData)[] = [
        JSON.stringify([{}, Object.fromEntries(FIELDS.map((field) => [field, odd]))]),
        JSON.stringify([{}, Object.fromEntries(FIELDS.map((field) => [field, ['owner@kiln.example', 1]]))]),
        JSON.stringify([[], [odd]]),
        form(
          ...FIELDS.flatMap((field): [string, string][] => [
            [field, 'a'],
            [field, 'b'],
          ]),
        ),
        form(...FIELDS.map((field): [string, Blob] => [field, new Blob(['owner@kiln.example'])])),
        form(...FIELDS.map((field): [string, string] => [`${field}[$ne]`, ''])),
        form(['__proto__', 'x'], ['constructor', 'x']),
      ];
      for (const body of bodies) {
        const headers = {
          'next-action': id,
          ...(typeof body === 'string' ? { 'content-type': 'text/plain;charset=UTF-8' } : {}),
        };
        const response = await walk.ask('nobody', path, { method: 'POST', body, headers });
        const cookies = response.headers.getSetCookie().filter((one) => /session-token=[^;]/.test(one));
        expect([response.status < 500, cookies]).toEqual([true, []]);
      }
    },
  );

  it.each([
    ['application/json', '{'],
    ['application/json', 'null'],
    ['application/json', '"text"'],
    ['multipart/form-data; boundary=x', '--x'],
  ])('as a body of next-auth is the sender’s mistake: %s %s', async (type, body) => {
    for (const path of ['callback/credentials', 'signin/credentials', 'signout', '_log', 'session']) {
      const response = await walk.ask('nobody', `/api/auth/${path}`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      });
      expect([path, response.status < 500]).toEqual([path, true]);
    }
  });
});

it.each(['TRACE', 'PROPFIND'])(
  'the method %s is refused everywhere and sends nothing back',
  async (method) => {
    const { port } = new URL(walk.portal.url);
    for (const path of ['/', '/api/v1/query', '/api/auth/session', '/sites/new']) {
      const socket = connect(Number(port), '127.0.0.1');
      socket.end(`${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: secret\r\n\r\n`);
      const answer = await text(socket);
      expect(answer).toMatch(/^HTTP\/1.1 405 /);
      expect(answer).not.toContain('secret');
    }
  },
);

it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'])('the method %s is never our mistake', async (method) => {
  for (const path of ['/', '/sign-in', '/api/v1/query', '/api/auth/session', '/sites/new', '/api/nothing'])
    expect([path, (await walk.ask('nobody', path, { method })).status < 500]).toEqual([path, true]);
});

describe('after signing in', () => {
  it.each([
    '//evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\r\nset-cookie: a=b',
  ])('next=%j leads to no other site', async (next) => {
    const response = await walk.ask('owner', `/sign-in?next=${encodeURIComponent(next)}`);
    expect(response.status).toBe(307);
    const to = new URL(response.headers.get('location') ?? '', walk.portal.url);
    expect(to.origin).toBe(walk.portal.url);
    expect(to.pathname.startsWith('//')).toBe(false);
    expect(response.headers.get('set-cookie') ?? '').not.toContain('a=b');
  });

  it.each(['//evil.example', '/\t/evil.example', '/\\evil.example', 'https://evil.example'])(
    'next-auth’s callbackUrl %j leads to no other site',
    async (callbackUrl) => {
      const response = await walk.ask(
        'nobody',
        `/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`,
      );
      const to = new URL(response.headers.get('location') ?? '/', walk.portal.url);
      expect(to.origin).toBe(walk.portal.url);
      const after = new URL(to.searchParams.get('callbackUrl') ?? '/', walk.portal.url);
      expect(after.origin).toBe(walk.portal.url);
      const cookies = decodeURIComponent(response.headers.get('set-cookie') ?? '');
      expect(cookies).not.toContain('evil.example');
    },
  );

  it('the address that a request names as its own is not where it leads', async () => {
    const { port } = new URL(walk.portal.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.end('GET /sites/new HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 307 /);
    expect(answer).not.toMatch(/location: (https?:)?\/\/evil/i);
  });
});

describe('every answer', () => {
  it.each([
    '/',
    '/sign-in',
    '/sites/new',
    '/api/v1/query',
    '/api/auth/session',
    '/icon.svg',
    '/healthz',
    '/nothing',
  ])('of %s says what browsers may not do', async (path) => {
    const { headers } = await walk.ask('nobody', path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    // Plain HTTP on loopback keeps working.
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});

/** A browser: it keeps cookies, and signs in and out as next-auth's own pages do. */
function newBrowser() {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(walk.portal.url + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/s);
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  };
  const send = async (path: string, fields: Record<string, string>) => {
    const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string };
    return ask(path, { method: 'POST', body: new URLSearchParams({ csrfToken, json: 'true', ...fields }) });
  };
  const signIn = async (email: string, password = PASSWORD) =>
    (await send('/api/auth/callback/credentials', { email, password })).status === 200;
  const isSignedIn = async () => (await ask('/sites/new')).status === 200;
  return { ask, send, signIn, isSignedIn, jar };
}

const PASSWORD = 'correct horse battery';
const OWNER = 'loom@shop.example';

describe('a session', () => {
  it('ends for every copy of its cookie when somebody signs out', async () => {
    const browser = newBrowser();
    expect(await browser.signIn(OWNER)).toBe(true);
    expect(await browser.isSignedIn()).toBe(true);
    const copy = newBrowser();
    for (const [name, value] of browser.jar) copy.jar.set(name, value);
    await browser.send('/api/auth/signout', {});
    expect(await copy.isSignedIn()).toBe(false);
    const question = { method: 'POST', body: '{}', headers: { origin: walk.portal.url } };
    expect((await copy.ask('/api/v1/query', question)).status).toBe(401);
  });

  it('is begun anew by signing in: one that somebody planted in the browser does not become its user’s', async () => {
    const attacker = newBrowser();
    expect(await attacker.signIn('kiln@shop.example')).toBe(true);
    const planted = new Map(attacker.jar);
    const victim = newBrowser();
    for (const [name, value] of planted) victim.jar.set(name, value);
    expect(await victim.signIn(OWNER)).toBe(true);
    const sessions = [...victim.jar].filter(([name]) => name.includes('session'));
    expect(sessions.length).toBeGreaterThan(0);
    for (const [name, value] of sessions) expect(value).not.toBe(planted.get(name));
    // The planted one is its own user's still.
    const held = await (await attacker.ask('/account/export')).json();
    expect(held.profile.email).toBe('kiln@shop.example');
  });

  it.each(['expires_at', 'last_seen_at'])('ends when its time is over: %s', async (column) => {
    const browser = newBrowser();
    expect(await browser.signIn(OWNER)).toBe(true);
    // Before anybody has asked for it: what was asked for is known for seconds.
    await walk.database.$executeRawUnsafe(
      `UPDATE session SET ${column} = now() - interval '60 days'
       WHERE user_id = (SELECT id FROM "user" WHERE email = '${OWNER}')`,
    );
    expect(await browser.isSignedIn()).toBe(false);
  });
});

describe('guesses', () => {
  const VICTIM = 'kiln@shop.example';

  it('thirty at once are counted before they are looked at, and leave the owner’s browser its way in', async () => {
    const known = newBrowser();
    expect(await known.signIn(VICTIM)).toBe(true);
    await known.send('/api/auth/signout', {});
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_, index) => newBrowser().signIn(VICTIM, `wrong horse ${index}`)),
    );
    expect(guesses).not.toContain(true);
    const { _sum } = await walk.database.rateLimit.aggregate({
      _sum: { points: true },
      where: { key: { startsWith: 'account:' } },
    });
    expect(_sum.points).toBe(30);
    // Of thirty, eleven were looked at; each left its mark.
    const failed = () =>
      walk.database.auditEntry.findMany({
        where: { tenantId: walk.tenantId, action: 'user.sign_in_failed' },
      });
    await expect.poll(async () => (await failed()).length).toBe(11);
    expect((await failed())[0]).toMatchObject({ address: '127.0.0.0' });
    expect(await newBrowser().signIn(VICTIM)).toBe(false);
    expect(await known.signIn(VICTIM)).toBe(true);
  });

  it('of an address of 40 MB take no memory', async () => {
    const browser = newBrowser();
    const response = await browser.send('/api/auth/callback/credentials', {
      email: `${'a'.repeat(MEGABYTE)}@kiln.example`,
      password: PASSWORD,
    });
    expect(response.status).toBe(413);
  });
});

it('what a role does not include leaves an entry in the audit, once for a while', async () => {
  const entries = () => walk.database.auditEntry.findMany({ where: { action: 'access.refused' } });
  for (let index = 0; index < 3; index += 1)
    expect((await walk.ask('viewer', '/sites/new')).status).toBe(403);
  await expect.poll(entries).toHaveLength(1);
  expect((await entries())[0]).toMatchObject({ subject: '/sites/new', address: '127.0.0.0' });
});

it('an export leaves an entry in the audit', async () => {
  const path = `/api/v1/sites/${walk.site.id}/export?from=2026-01-01&to=2026-01-02`;
  expect((await walk.ask('owner', path)).status).toBe(200);
  const [entry] = await walk.database.auditEntry.findMany({ where: { action: 'report.export' } });
  expect(entry).toMatchObject({ subject: walk.site.id, details: { from: '2026-01-01', to: '2026-01-02' } });
});

describe('another site', () => {
  it('cannot send a form of the portal with the session of a visitor', async () => {
    const { id } = walk.findAction('keys/key-actions.createApiKey');
    const before = await walk.database.apiKey.count();
    const body = new FormData();
    body.set('_1_scopes', 'stats');
    body.set('0', '[{},"$K1"]');
    for (const origin of ['https://evil.example', 'null']) {
      const response = await walk.ask('owner', '/sites/new', {
        method: 'POST',
        body,
        headers: { 'next-action': id, origin },
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
    expect(await walk.database.apiKey.count()).toBe(before);
  });
});
