import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane, password } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { hasPassword, setPassword } from './own-password.ts';
import { authenticate, findUser, type User } from './user.ts';
import { issueToken, readToken } from './user-token.ts';

let plane: ControlPlane;
let db: Database;
let user: User;
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db } = plane.as('web'));
  const { userId } = await plane.newTenant();
  user = (await findUser(db, userId)) as User;
});
afterAll(() => plane.drop());

const opens = async (tried: string) =>
  (await authenticate(db, { email: user.email, password: tried })) !== null;

it('a password that is set takes the place of the one before, and ends links that could set another', async () => {
  const token = await issueToken(db, { userId: user.id, purpose: 'reset_password', email: user.email });
  await setPassword(db, { user, password: 'a stapled battery' });
  expect([await opens(password), await opens('a stapled battery')]).toEqual([false, true]);
  expect(await readToken(db, { token, purpose: 'reset_password' })).toBeNull();
});

it('a password that is refused changes nothing', async () => {
  await expect(setPassword(db, { user, password: user.email })).rejects.toMatchObject({
    code: 'common_password',
  });
  expect(await opens('a stapled battery')).toBe(true);
});

it('an account may be without one, and then nothing typed is right', async () => {
  await db.user.update({ where: { id: user.id }, data: { passwordHash: null } });
  expect([await hasPassword(db, user.id), await opens('')]).toEqual([false, false]);
  await setPassword(db, { user, password: 'a stapled battery' });
  expect([await hasPassword(db, user.id), await opens('a stapled battery')]).toEqual([true, true]);
});
