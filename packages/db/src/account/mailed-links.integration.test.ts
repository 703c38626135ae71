import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane, password } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { resetPassword } from './reset-password.ts';
import { sessionStore } from './session.ts';
import { authenticate, findUser } from './user.ts';
import { issueToken, readToken } from './user-token.ts';
import { verifyEmail } from './verify-email.ts';

const NEW = 'another horse battery';

let plane: ControlPlane;
/** As the portal. */
let db: Database;
beforeAll(async () => {
  plane = await freshControlPlane();
  db = plane.as('web').db;
});
afterAll(() => plane.drop());

async function newUser() {
  const { userId } = await plane.newTenant();
  const user = await findUser(db, userId);
  if (user === null) throw new Error('there is no user');
  return user;
}

const issue = (user: { id: string; email: string }, purpose: 'verify_email' | 'reset_password' | 'sign_in') =>
  issueToken(db, { userId: user.id, purpose, email: user.email });

const signsIn = async (email: string, text: string) =>
  (await authenticate(db, { email, password: text })) !== null;

describe('a link that confirms an address', () => {
  it('does so once', async () => {
    const user = await newUser();
    const token = await issue(user, 'verify_email');
    expect(user.isVerified).toBe(false);
    expect(await verifyEmail(db, token)).toEqual({ userId: user.id });
    expect(await findUser(db, user.id)).toMatchObject({ isVerified: true });
    expect(await verifyEmail(db, token)).toBeNull();
  });

  it('confirms no other address that the user has taken meanwhile', async () => {
    const user = await newUser();
    const token = await issue(user, 'verify_email');
    await plane.db.user.update({ where: { id: user.id }, data: { email: `new-${user.email}` } });
    expect(await verifyEmail(db, token)).toBeNull();
    expect(await findUser(db, user.id)).toMatchObject({ isVerified: false });
  });

  it('sets no password', async () => {
    const user = await newUser();
    const token = await issue(user, 'verify_email');
    expect(await resetPassword(db, { token, password: NEW })).toBeNull();
    expect(await signsIn(user.email, password)).toBe(true);
  });
});

describe('a link that sets a password', () => {
  it('does so once, and confirms the address', async () => {
    const user = await newUser();
    const token = await issue(user, 'reset_password');
    expect(await resetPassword(db, { token, password: NEW })).toMatchObject({ id: user.id });
    expect([await signsIn(user.email, password), await signsIn(user.email, NEW)]).toEqual([false, true]);
    expect(await findUser(db, user.id)).toMatchObject({ isVerified: true });
    expect(await resetPassword(db, { token, password: 'a third horse battery' })).toBeNull();
    expect(await signsIn(user.email, NEW)).toBe(true);
  });

  it('of two at once one sets it', async () => {
    const user = await newUser();
    const token = await issue(user, 'reset_password');
    const passwords = [NEW, 'a third horse battery'];
    const answers = await Promise.all(passwords.map((text) => resetPassword(db, { token, password: text })));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    const won = answers.findIndex((answer) => answer !== null);
    expect(await signsIn(user.email, passwords[won] ?? '')).toBe(true);
  });

  it('ends the other links that let somebody in, and every session', async () => {
    const user = await newUser();
    const [token, other, link] = [
      await issue(user, 'reset_password'),
      await issue(user, 'reset_password'),
      await issue(user, 'sign_in'),
    ];
    const sessions = sessionStore(db, { afterMs: 3_600_000, idleMs: 3_600_000 });
    await sessions.begin(user.id);
    await resetPassword(db, { token, password: NEW });
    expect(await readToken(db, { token: other, purpose: 'reset_password' })).toBeNull();
    expect(await readToken(db, { token: link, purpose: 'sign_in' })).toBeNull();
    expect((await findUser(db, user.id))?.sessionEpoch).toBe(user.sessionEpoch + 1);
  });

  it.each([
    ['short', 'weak_password'],
    ['password123', 'common_password'],
  ])('with the password %s is refused, and valid still', async (text, code) => {
    const user = await newUser();
    const token = await issue(user, 'reset_password');
    await expect(resetPassword(db, { token, password: text })).rejects.toMatchObject({ code });
    expect(await resetPassword(db, { token, password: NEW })).not.toBeNull();
  });

  it.each(['', 'x', 'x'.repeat(43), 'x'.repeat(9_999), "';--"])(
    'that nobody sent (%s) sets nothing',
    async (token) => {
      expect(await resetPassword(db, { token, password: NEW })).toBeNull();
    },
  );

  it('sets nothing when its time is up, or the address is another', async () => {
    const user = await newUser();
    const [late, moved] = [await issue(user, 'reset_password'), await issue(user, 'reset_password')];
    await plane.pool.query(
      "UPDATE user_token SET expires_at = now() - interval '1 second' WHERE user_id = $1",
      [user.id],
    );
    expect(await resetPassword(db, { token: late, password: NEW })).toBeNull();
    await plane.pool.query(
      "UPDATE user_token SET expires_at = now() + interval '1 hour' WHERE user_id = $1",
      [user.id],
    );
    await plane.db.user.update({ where: { id: user.id }, data: { email: `new-${user.email}` } });
    expect(await resetPassword(db, { token: moved, password: NEW })).toBeNull();
  });
});
