import { connectControlPlane, type Database } from '@footfall/db/prisma';
import { unseal } from '@footfall/db/sealed';
import { createTenant } from '@footfall/db/tenant/tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAction } from '#access/built-action.fixture.ts';
import { type PortalProcess, startPortal } from '#access/portal-process.fixture.ts';
import type { ServerActionName } from '#access/server-actions.ts';

// Links of mails at the portal as it is built, over HTTP. What is mailed is read from the queue; that it arrives, packages/mail tests.

const PASSWORD = 'correct horse battery';
const NEW = 'another horse battery';

let portal: PortalProcess;
let database: Database;
let closeDatabase: () => Promise<void>;
beforeAll(async () => {
  portal = await startPortal();
  ({ db: database, close: closeDatabase } = connectControlPlane(portal.databaseUrl, { name: 'test' }));
}, 300_000);
afterAll(() => portal.stop().finally(() => closeDatabase()));

/** Sends a form as React does; answers what the browser is told. */
async function send(name: ServerActionName, fields: Readonly<Record<string, string>>, cookie = '') {
  const { id, page } = findAction(name);
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.set(`_1_${field}`, value);
  body.set('0', '[{},"$K1"]');
  const headers = { 'next-action': id, origin: portal.url, cookie };
  const response = await fetch(portal.url + page, { method: 'POST', body, headers, redirect: 'manual' });
  return {
    status: response.status,
    to: response.headers.get('x-action-redirect')?.split(';')[0] ?? null,
    cookies: response.headers.getSetCookie().map((one) => one.split(';')[0] ?? ''),
    said: await response.text(),
  };
}

let people = 0;

/** Somebody who has an account that is not confirmed. */
async function newPerson(): Promise<{ userId: string; email: string }> {
  people += 1;
  const email = `person${people}@shop.example`;
  const { userId } = await createTenant(database, { name: `Shop ${people}`, email, password: PASSWORD });
  return { userId, email };
}

/** The mails to an address, as its reader would see them. */
async function mailsTo(recipient: string) {
  const rows = await database.mail.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } });
  return rows.map(({ template, locale, body }) => {
    const { text } = JSON.parse(unseal(body ?? new Uint8Array(), 'mail', portal.secret)) as { text: string };
    return { template, locale, text, token: /token=([\w-]+)/.exec(text)?.[1] ?? '' };
  });
}

/** The first mail of a kind, when it is there: nobody waits for it. */
async function mailTo(recipient: string, template: string) {
  const find = async () => (await mailsTo(recipient)).filter((mail) => mail.template === template);
  await expect.poll(find).not.toEqual([]);
  return (await find()).at(-1) ?? expect.fail('there is no mail');
}

const withoutIds = (said: string) => said.replace(/[\w-]{20,}/g, '');

const signUp = (email: string, password = PASSWORD) =>
  send('auth/actions.signUp', { name: 'Kiln', email, password });

describe('a new account', () => {
  it('is mailed a link to the page that confirms its address, which opening does not use up', async () => {
    const email = 'new@shop.example';
    await signUp(email);
    const { token, text } = await mailTo(email, 'verify_email');
    expect(text).toContain(`${portal.url}/verify-email?token=${token}`);
    for (const method of ['GET', 'HEAD', 'GET']) {
      const response = await fetch(`${portal.url}/verify-email?token=${token}`, { method });
      expect(response.status).toBe(200);
    }
    expect((await database.user.findUniqueOrThrow({ where: { email } })).emailVerifiedAt).toBeNull();
    expect((await send('account/verify-actions.confirmEmail', { token })).said).toContain('isConfirmed');
    expect((await database.user.findUniqueOrThrow({ where: { email } })).emailVerifiedAt).not.toBeNull();
    expect((await send('account/verify-actions.confirmEmail', { token })).said).toContain('link_expired');
  });

  it('with the address of another is refused, and its owner is told once a day', async () => {
    const { email } = await newPerson();
    const answers = [await signUp(email, NEW), await signUp(email.toUpperCase(), NEW)];
    for (const { said } of answers) expect(said).toContain('sign_up_refused');
    await mailTo(email, 'account_exists');
    expect((await mailsTo(email)).map(({ template }) => template)).toEqual(['account_exists']);
  });
});

describe('who signs in by a mailed link', () => {
  const LINK_COOKIE = 'footfall-link';
  const cookieNamed = (cookies: readonly string[], name: string) =>
    cookies.find((one) => one.startsWith(`${name}=`)) ?? '';
  const ask = async (email: string, cookie = '') => {
    const answer = await send('account/link-actions.requestLink', { email, next: '/account' }, cookie);
    return { ...answer, browser: cookieNamed(answer.cookies, LINK_COOKIE) };
  };
  const open = (fields: { token: string; password?: string }, cookie = '') =>
    send('account/link-actions.signInWithLink', fields, cookie);
  const isSignedIn = ({ cookies }: { cookies: readonly string[] }) =>
    cookieNamed(cookies, 'next-auth.session-token').length > 40;

  /** A link that somebody asked for, and the cookie of the browser in which they did. */
  async function newLink(email: string): Promise<{ token: string; browser: string }> {
    const { browser } = await ask(email);
    const { token } = await mailTo(email, 'sign_in_link');
    return { token, browser };
  }

  const withoutCookies = ({ said, status }: { said: string; status: number }) => [status, withoutIds(said)];

  it('is answered alike with an account and without', async () => {
    const { email } = await newPerson();
    const [known, unknown] = [await ask(email), await ask('nobody-at-all@shop.example')];
    expect(withoutCookies(known)).toEqual(withoutCookies(unknown));
    expect([known.browser.length, known.said.includes('isSent')]).toEqual([unknown.browser.length, true]);
    await mailTo(email, 'sign_in_link');
    expect(await mailsTo('nobody-at-all@shop.example')).toEqual([]);
  });

  it('does so by the button of the page, once, in the browser that asked, and goes where it wanted to', async () => {
    const { email, userId } = await newPerson();
    const { token, browser } = await newLink(email);
    for (const method of ['GET', 'HEAD', 'GET']) {
      const response = await fetch(`${portal.url}/sign-in-link?token=${token}`, {
        method,
        headers: { cookie: browser },
      });
      expect(response.status).toBe(200);
      expect(await response.text()).not.toContain('name="password"');
    }
    const answer = await open({ token }, browser);
    expect([answer.to, isSignedIn(answer)]).toEqual(['/account', true]);
    // The mail has proven the address.
    expect((await database.user.findUniqueOrThrow({ where: { email } })).emailVerifiedAt).not.toBeNull();
    expect((await open({ token }, browser)).said).toContain('link_expired');
    const actions = await database.auditEntry.findMany({ where: { subject: userId } });
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.request_sign_in_link', 'user.sign_in']),
    );
  });

  it('of two at once does so in one alone', async () => {
    const { email } = await newPerson();
    const { token, browser } = await newLink(email);
    const answers = await Promise.all([open({ token }, browser), open({ token }, browser)]);
    expect(answers.filter(isSignedIn)).toHaveLength(1);
  });

  it('needs the password in any other browser; a wrong one does not use the link up', async () => {
    const { email } = await newPerson();
    const { token } = await newLink(email);
    const { browser: other } = await ask('somebody-else@shop.example');
    for (const cookie of ['', other]) {
      const headers = { cookie };
      const page = await (await fetch(`${portal.url}/sign-in-link?token=${token}`, { headers })).text();
      expect(page).toContain('name="password"');
      for (const fields of [{ token }, { token, password: 'not this one' }]) {
        const answer = await open(fields, cookie);
        expect([answer.said.includes('wrong_password'), isSignedIn(answer)]).toEqual([true, false]);
      }
    }
    const answer = await open({ token, password: PASSWORD }, other);
    // Where the other browser wanted to go is not this one's.
    expect([answer.to, isSignedIn(answer)]).toEqual(['/', true]);
  });

  it('does so in no other browser with an account that has no password', async () => {
    const { email } = await newPerson();
    await database.user.update({ where: { email }, data: { passwordHash: null } });
    const { token, browser } = await newLink(email);
    const page = await (await fetch(`${portal.url}/sign-in-link?token=${token}`)).text();
    expect(page).toContain('in which you asked for it');
    expect((await open({ token })).said).toContain('other_browser');
    expect(isSignedIn(await open({ token }, browser))).toBe(true);
  });

  it('is asked for the second factor, in whatever browser', async () => {
    const { email, userId } = await newPerson();
    await database.passkey.create({ data: { id: email, userId, name: 'Key', publicKey: new Uint8Array() } });
    for (const own of [true, false]) {
      const { token, browser } = await newLink(email);
      await database.userToken.deleteMany({ where: { userId: { not: userId } } });
      const answer = await open({ token }, own ? browser : '');
      expect([answer.to, isSignedIn(answer)]).toEqual(['/sign-in/second-factor', false]);
      await database.mail.deleteMany({ where: { recipient: email } });
    }
  });

  it('does not with a link to an address that is not theirs any more', async () => {
    const { email, userId } = await newPerson();
    const { token, browser } = await newLink(email);
    await database.user.update({ where: { id: userId }, data: { email: `moved-${email}` } });
    expect((await open({ token }, browser)).said).toContain('link_expired');
  });

  it('goes nowhere outside of the portal', async () => {
    const { email } = await newPerson();
    const answer = await send('account/link-actions.requestLink', { email, next: '//evil.example' });
    const { token } = await mailTo(email, 'sign_in_link');
    const browser = cookieNamed(answer.cookies, LINK_COOKIE);
    const [secret] = browser.split('%20');
    expect((await open({ token }, `${secret}%20https://evil.example`)).to).toBe('/');
  });
});

describe('who signs in', () => {
  const signIn = (email: string, cookie = '') =>
    send('auth/actions.signIn', { email, password: PASSWORD }, cookie);

  it('with a browser that the account does not know is told by mail, and with one that it knows is not', async () => {
    const { email } = await newPerson();
    const { cookies } = await signIn(email);
    await mailTo(email, 'new_sign_in');
    const known = cookies.filter((one) => one.startsWith('footfall-browser='));
    expect((await signIn(email, known.join('; '))).to).toBe('/');
    // Another browser's cookie is told from it, so that the mail that did not come is not only late.
    await signIn(email);
    await expect.poll(async () => (await mailsTo(email)).length).toBe(2);
  });
});

describe('a proof by mail', () => {
  const prove = (token: string, cookie: string) =>
    send('account/proof-actions.proveByLink', { token }, cookie);

  /** Somebody without a password, and a session of theirs that began long ago. */
  async function newSession() {
    const { email, userId } = await newPerson();
    const { cookies } = await send('auth/actions.signIn', { email, password: PASSWORD });
    const provenAt = new Date(Date.now() - 3_600_000);
    await database.session.updateMany({ where: { userId }, data: { provenAt } });
    const cookie = cookies.filter((one) => one.startsWith('next-auth.session-token=')).join();
    return { email, userId, cookie };
  }
  const isProven = async (userId: string) => {
    const { provenAt } = await database.session.findFirstOrThrow({ where: { userId } });
    return Date.now() - provenAt.getTime() < 600_000;
  };

  it('is for whoever has no password, by the button of its page, once, in the session that asked', async () => {
    const { email, userId, cookie } = await newSession();
    const refused = await send('account/proof-actions.mailProof', {}, cookie);
    expect(refused.said).toContain('proof_needed');
    await database.user.update({ where: { id: userId }, data: { passwordHash: null } });
    expect((await send('account/proof-actions.mailProof', {}, cookie)).said).toContain('isSent');
    const { token } = await mailTo(email, 'prove_link');
    const other = await newSession();
    const show = async (headers: Record<string, string>) =>
      (await fetch(`${portal.url}/prove?token=${token}`, { headers })).text();
    expect(await show({ cookie: other.cookie })).toContain('This link is not valid here');
    expect(await show({ cookie })).toContain('Confirm that it is you who uses this browser');
    expect(await isProven(userId)).toBe(false);
    expect((await prove('x'.repeat(43), cookie)).said).toContain('link_expired');
    expect((await prove(token, cookie)).said).toContain('"proven":true');
    expect(await isProven(userId)).toBe(true);
    expect((await prove(token, cookie)).said).toContain('link_expired');
  });

  it('of another session proves nothing', async () => {
    const { email, userId, cookie } = await newSession();
    await database.user.update({ where: { id: userId }, data: { passwordHash: null } });
    await send('account/proof-actions.mailProof', {}, cookie);
    const { token } = await mailTo(email, 'prove_link');
    const other = await newSession();
    expect((await prove(token, other.cookie)).said).toContain('link_expired');
    expect(await isProven(other.userId)).toBe(false);
  });
});

describe('another address', () => {
  const signIn = (email: string) => send('auth/actions.signIn', { email, password: PASSWORD });
  const ask = (email: string, cookie: string) =>
    send('account/profile-actions.requestEmail', { email }, cookie);

  it('is the account’s once the link to it was used by its button; the one before is told, and signs in no more', async () => {
    const { email: before, userId } = await newPerson();
    const cookie = (await signIn(before)).cookies.join('; ');
    const after = `moved-${before}`;
    expect((await ask(after.toUpperCase(), cookie)).said).toContain('isSent');
    await mailTo(before, 'email_change_asked');
    const { token, text } = await mailTo(after, 'change_email');
    expect(text).toContain(`${portal.url}/change-email?token=${token}`);
    expect((await fetch(`${portal.url}/change-email?token=${token}`)).status).toBe(200);
    expect(await database.user.findUniqueOrThrow({ where: { id: userId } })).toMatchObject({ email: before });
    const confirm = () => send('account/profile-actions.confirmNewEmail', { token });
    expect((await confirm()).said).toContain('isConfirmed');
    expect((await confirm()).said).toContain('link_expired');
    expect((await signIn(after)).to).toBe('/');
    expect((await signIn(before)).said).toContain('wrong_credentials');
    const actions = await database.auditEntry.findMany({ where: { subject: userId } });
    expect(actions.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['user.request_email', 'user.change_email']),
    );
  });

  it('that somebody else has is answered as any other, and nothing is mailed to it', async () => {
    const [{ email }, { email: taken }] = [await newPerson(), await newPerson()];
    const cookie = (await signIn(email)).cookies.join('; ');
    const answers = [await ask(taken, cookie), await ask(`free-${email}`, cookie)];
    for (const { said } of answers) expect(said).toContain('isSent');
    await mailTo(`free-${email}`, 'change_email');
    expect(await mailsTo(taken)).toEqual([]);
  });

  it('is not given by a link that a new password has ended', async () => {
    const { email } = await newPerson();
    const cookie = (await signIn(email)).cookies.join('; ');
    await ask(`thief-${email}`, cookie);
    const { token } = await mailTo(`thief-${email}`, 'change_email');
    const fields = { currentPassword: PASSWORD, password: NEW };
    await send('account/own-password-actions.changePassword', fields, cookie);
    expect((await send('account/profile-actions.confirmNewEmail', { token })).said).toContain('link_expired');
  });
});

describe('who forgot a password', () => {
  const ask = (email: string) => send('account/password-actions.requestReset', { email });
  const save = (token: string, password: string) =>
    send('account/password-actions.saveNewPassword', { token, password });

  it('is answered alike with an account and without', async () => {
    const { email } = await newPerson();
    const known = await ask(email);
    const unknown = await ask('nobody@shop.example');
    expect(known.status).toBe(200);
    expect(known.said).toContain('isSent');
    expect(withoutIds(known.said)).toBe(withoutIds(unknown.said));
    await mailTo(email, 'reset_password');
    expect(await mailsTo('nobody@shop.example')).toEqual([]);
  });

  it('sets a new one once, is told so by mail and signs in with it; the audit has it', async () => {
    const { email, userId } = await newPerson();
    await ask(email);
    const { token } = await mailTo(email, 'reset_password');
    const page = await (await fetch(`${portal.url}/reset-password?token=${token}`)).text();
    expect(page).toContain('New password');
    expect((await save(token, 'short')).said).toContain('weak_password');
    expect(await save(token, NEW)).toMatchObject({ to: '/sign-in?reset=1' });
    expect((await save(token, 'a third horse battery')).said).toContain('link_expired');
    expect((await send('auth/actions.signIn', { email, password: PASSWORD })).said).toContain(
      'wrong_credentials',
    );
    expect((await send('auth/actions.signIn', { email, password: NEW })).to).toBe('/');
    await mailTo(email, 'password_changed');
    const actions = (await database.auditEntry.findMany({ where: { subject: userId } })).map(
      ({ action }) => action,
    );
    expect(actions).toEqual(expect.arrayContaining(['user.request_reset', 'user.reset_password']));
  });

  it('is told so when the link is not valid', async () => {
    const page = await (await fetch(`${portal.url}/reset-password?token=${'x'.repeat(43)}`)).text();
    expect(page).toContain('This link is not valid any more');
    expect(page).not.toContain('name="password"');
  });

  it('gets five links an hour and no more, whether there is an account or not', async () => {
    const { email } = await newPerson();
    for (const address of [email, 'nobody-else@shop.example']) {
      const answers = [];
      for (let time = 0; time < 6; time += 1) answers.push(await ask(address));
      expect(answers.slice(0, 5).every(({ said }) => said.includes('isSent'))).toBe(true);
      expect(answers[5]?.said).toContain('too_many_attempts');
    }
  });

  it('without a mail server is told that mails are kept', async () => {
    const page = await (await fetch(`${portal.url}/forgot-password`)).text();
    expect(page).toContain('This installation sends no mail');
  });
});
