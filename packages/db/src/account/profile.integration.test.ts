import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ControlPlane, freshControlPlane } from '../control-plane.fixture.ts';
import type { Database } from '../prisma.ts';
import { changeEmail, changeProfile } from './profile.ts';
import { findUser } from './user.ts';
import { issueToken, readToken } from './user-token.ts';

let plane: ControlPlane;
let db: Database;
let userId = '';
beforeAll(async () => {
  plane = await freshControlPlane();
  ({ db } = plane.as('web'));
});
beforeEach(async () => {
  ({ userId } = await plane.newTenant());
});
afterAll(() => plane.drop());

let addresses = 0;
const newAddress = () => {
  addresses += 1;
  return `new${addresses}@kiln.example`;
};
const linkTo = (email: string) => issueToken(db, { userId, purpose: 'change_email', email });

it('a name and a language are changed', async () => {
  await changeProfile(db, userId, { name: '  Ann  ', locale: 'de' });
  expect(await findUser(db, userId)).toMatchObject({ name: 'Ann', locale: 'de' });
  await changeProfile(db, userId, { name: 'Ann', locale: null });
  expect(await findUser(db, userId)).toMatchObject({ locale: null });
});

it.each(['', ' ', 'x'.repeat(101), 'a\u0000b'])('nobody is called %j', async (name) => {
  await expect(changeProfile(db, userId, { name, locale: null })).rejects.toMatchObject({
    code: 'invalid_name',
    where: 'name',
  });
});

it('an address is changed by the link to it once, which confirms it and ends links to the one before', async () => {
  const [email, before] = [newAddress(), (await findUser(db, userId))?.email ?? ''];
  const token = await linkTo(email);
  const reset = await issueToken(db, { userId, purpose: 'reset_password', email: before });
  expect(await changeEmail(db, token)).toEqual({ userId, before });
  expect(await findUser(db, userId)).toMatchObject({ email, isVerified: true });
  expect(await changeEmail(db, token)).toBeNull();
  expect(await readToken(db, { token: reset, purpose: 'reset_password' })).toBeNull();
});

it('of two links to two addresses the first that is used wins', async () => {
  const [first, second] = [await linkTo(newAddress()), await linkTo(newAddress())];
  expect(await changeEmail(db, second)).not.toBeNull();
  expect(await changeEmail(db, first)).toBeNull();
});

it('an address that somebody has by now is not taken from them', async () => {
  const email = newAddress();
  const token = await linkTo(email);
  const { userId: other } = await plane.newTenant();
  await db.user.update({ where: { id: other }, data: { email } });
  expect(await changeEmail(db, token)).toBeNull();
  expect(await findUser(db, other)).toMatchObject({ email });
});
